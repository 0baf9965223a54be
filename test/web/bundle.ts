import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** A module of this folder and all that it imports, as one script for a browser. */
export const bundleOf = async (name: string): Promise<string> => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    // Builds of libraries leave that to the app.
    define: { 'process.env.NODE_ENV': JSON.stringify('production') },
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      lib: { entry: fileURLToPath(new URL(name, import.meta.url)), formats: ['es'], fileName: 'bundle' },
    },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  const [script] = outputs.flatMap((each) => (each.type === 'chunk' && each.isEntry ? [each.code] : []))
  if (script === undefined) throw new Error(`${name} made no script`)
  return script
}
