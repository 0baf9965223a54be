import { defineConfig } from 'vite'
import type { UserConfig } from 'vite'

/** Named by `--mode`, because Electron runs the three in different ways. */
const parts: Readonly<Record<string, UserConfig>> = {
  /** Node with ES modules. Packages stay packages. */
  main: {
    ssr: { external: ['electron', 'device-contacts'] },
    build: { ssr: 'main.ts', outDir: 'dist', emptyOutDir: false, target: 'node22' },
  },
  /** One CommonJS file: a preload script in Electron's sandbox can import nothing else. */
  preload: {
    ssr: { external: ['electron'] },
    build: {
      ssr: 'preload.ts',
      outDir: 'dist',
      emptyOutDir: false,
      rolldownOptions: { output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  /** The page, without what its policy forbids: inline scripts and `data:` addresses. */
  renderer: {
    base: './',
    build: { outDir: 'dist/renderer', target: 'esnext', modulePreload: false, assetsInlineLimit: 0 },
  },
}

export default defineConfig(({ mode }) => {
  const part = parts[mode]
  if (part === undefined) throw new Error(`--mode is one of ${Object.keys(parts).join(', ')}`)
  return part
})
