import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { entries, type SiteFiles } from '../../web/bundle.ts'

const root = fileURLToPath(new URL('../../../examples/electron/', import.meta.url))

/** What the example's own configuration makes of a part, by path. The page takes the library from its sources. */
export const builtPart = async (mode: 'main' | 'preload' | 'renderer'): Promise<SiteFiles> => {
  const built = await build({
    root,
    mode,
    configFile: `${root}vite.config.ts`,
    logLevel: 'error',
    ...(mode === 'renderer' && { resolve: { alias: entries } }),
    build: { write: false },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return new Map(
    outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]),
  )
}
