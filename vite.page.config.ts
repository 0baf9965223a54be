import { fileURLToPath } from 'node:url'
import { defaultClientConditions, defineConfig } from 'vite'

const inThisFolder = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const page = inThisFolder('src/shells/web/page/')

/** Builds the page of the web shell into dist/web, as it is published and served. Vitest has its own configuration. */
export default defineConfig({
  root: page,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  // RxJS without the helpers for old browsers.
  resolve: { conditions: ['es2015', ...defaultClientConditions] },
  build: {
    outDir: inThisFolder('dist/web'),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    // An inline image would need the policy to allow `data:`.
    assetsInlineLimit: 0,
    license: { fileName: 'licences.md' },
    rolldownOptions: { input: [`${page}index.html`, `${page}sign-in.html`] },
  },
})
