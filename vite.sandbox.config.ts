import { defineConfig } from 'vite'

/**
 * The sandbox tenant and its packages in few files, for the command: it takes Node a second less to find, read and link them
 * than their more than 600 modules. Other programs and tests import `dist/sandbox`.
 */
export default defineConfig({
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/tenant',
    minify: false,
    rolldownOptions: {
      input: { sandbox: 'sandbox/index.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' },
      // A package of oidc-provider has it, for Node before version 8.
      checks: { eval: false },
    },
  },
  ssr: { noExternal: true },
})
