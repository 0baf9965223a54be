import { readFileSync } from 'node:fs'
import { defineConfig } from 'vite'

const { dependencies, optionalDependencies, peerDependencies } = JSON.parse(
  readFileSync(new URL('package.json', import.meta.url), 'utf8'),
) as Record<'dependencies' | 'optionalDependencies' | 'peerDependencies', Readonly<Record<string, string>>>

/** Small packages that every command loads. */
const builtIn = ['immer', 'rxjs', 'string-width', 'valibot', 'xstate']

/**
 * The command in few files. Otherwise it takes Node twice as long to find, read and link its more than 500 modules as to
 * run `list`. Packages that sign in, send requests or keep data stay packages, so that they can be updated on their own.
 */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/bin',
    // The panel of the sandbox's page is there already: tsc compiles it for browsers.
    emptyOutDir: false,
    // Readable, as the other compiled files are.
    minify: false,
    license: { fileName: 'built-in-packages.md' },
    rolldownOptions: {
      input: {
        'device-contacts': 'bin/device-contacts.ts',
        // For tests that run many commands in one process.
        command: 'bin/command.ts',
        'late-redirects': 'bin/late-redirects.ts',
        'key-ring-process': 'src/adapters/keys/ring/key-ring-process.ts',
      },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
    },
  },
  ssr: {
    noExternal: true,
    external: Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }).filter(
      (name) => !builtIn.includes(name),
    ),
    // The modules of rxjs: nothing could be left out of its CommonJS.
    resolve: { conditions: ['es2015', 'import', 'module', 'default'] },
  },
  plugins: [
    {
      name: 'sandbox-beside',
      enforce: 'pre',
      // The sandbox is not part of the published package, and the command says so where it is missing.
      resolveId: (id) =>
        id.endsWith('/sandbox/index.ts') ? { id: '../tenant/sandbox.js', external: true } : null,
    },
    {
      name: 'run-by-loading',
      // package.json says that no module has side effects, but loading this one runs the command.
      transform: (_, id) => (id.endsWith('/bin/main.ts') ? { moduleSideEffects: true } : null),
    },
  ],
})
