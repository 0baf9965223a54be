import { playwright } from '@vitest/browser-playwright'
import { availableParallelism } from 'node:os'
import { configDefaults, defineConfig } from 'vitest/config'
import { browserOptions } from './test/browser.ts'
import { LongFirst } from './test/long-first.ts'

/** Tests that replace modules, or look at the whole process: these have a process of their own. */
const isolated = [
  'src/adapters/sign-in/redirect/loopback-redirects.test.ts',
  'test/examples/{electron,embed}.test.ts',
  'src/adapters/stores/sqlite/erase/erase-in-place.test.ts',
]

/** Tests that run within a page of a real browser: the contract suites of its adapters, and books over them. */
const inBrowser = '{src,test}/**/*.chromium.test.ts'

export default defineConfig({
  test: {
    // Node loads what was built: hundreds of modules that need no transformation.
    server: { deps: { external: [/\/dist\//] } },
    // Hangs end; nothing else is to fail on a machine that others keep busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // The slowest files wait for processes that they start, so two cores keep more than two workers busy.
    maxWorkers: Math.max(4, availableParallelism()),
    // There are more workers than cores: helpers that collect garbage beside them would only take a core from another.
    execArgv: ['--single-threaded-gc'],
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        // The files share a worker's modules: loading them again for each file takes longer than most tests.
        test: {
          name: 'shared',
          isolate: false,
          include: ['{src,bin,sandbox,test,diagrams,bench}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...isolated, inBrowser],
        },
      },
      { extends: true, test: { name: 'isolated', include: isolated } },
      {
        extends: true,
        // Packages that Vite discovers while tests run make it reload the page in the middle of a test. Each of these is one
        // request then, instead of up to 200; axe-core is no ES module.
        optimizeDeps: {
          noDiscovery: true,
          include: [
            ...['axe-core', 'fast-check', 'immer', 'libphonenumber-js/core', 'rxjs', 'valibot'],
            ...['lit', 'lit/directives/keyed.js', 'lit/directives/repeat.js', 'xstate', 'xstate/graph'],
          ],
        },
        // A page has no environment.
        define: { 'process.env': { SOAK: process.env['SOAK'] ?? '' } },
        test: {
          name: 'chromium',
          include: [inBrowser],
          // As in `shared`: the files of a page share its modules.
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: await browserOptions() }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
