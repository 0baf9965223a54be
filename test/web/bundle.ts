import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'vite'

/** The files of a site: what a server sends for a path. */
export type SiteFiles = ReadonlyMap<string, string>

/** The entries as users of the package name them, from the sources: a test then needs no build. */
export const entries = ['browser', 'elements', 'messages'].map((entry) => ({
  find: `device-contacts/${entry}`,
  replacement: fileURLToPath(new URL(`../../src/${entry}.ts`, import.meta.url)),
}))

/**
 * Scripts and pages with all that they import, as files for a browser. A script has the name of its source, and a page its
 * path below the folder.
 */
export const bundle = async (
  folder: URL,
  inputs: readonly string[],
  plugins: readonly Plugin[] = [],
): Promise<SiteFiles> => {
  const root = fileURLToPath(folder)
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root,
    publicDir: false,
    resolve: { alias: entries },
    plugins: [...plugins],
    build: {
      write: false,
      minify: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: {
        input: inputs.map((input) => fileURLToPath(new URL(input, folder))),
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  return new Map(
    outputs.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]),
  )
}
