import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** What a page loads: first, and later in chunks that it names. */
export interface PageScripts {
  /** Bytes of all scripts that are loaded before the page's first line runs, each after gzip -9. */
  readonly first: number
  /** The modules in them, relative to the root of the project. */
  readonly firstModules: readonly string[]
  /** The chunks that are loaded when they are first used: bytes after gzip -9, and modules. */
  readonly later: readonly { readonly bytes: number; readonly modules: readonly string[] }[]
}

/**
 * The minified scripts of a page, split into chunks as the bundler of an app does: without a plugin or constant that
 * an app would have to know.
 *
 * @param code the page's own module, which imports from `./src`
 */
export const pageScripts = async (code: string): Promise<PageScripts> => {
  const page = `${root}page.ts`
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root,
    // As in every build for production. Vite takes the one for development from the environment of a test.
    resolve: { conditions: ['module', 'browser', 'production'] },
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === page ? id : null),
        load: (id) => (id === page ? code : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: page, formats: ['es'], fileName: 'page' },
      rolldownOptions: { output: { minify: true } },
    },
  })
  const outputs = [built].flat().flatMap((each) => ('output' in each ? each.output : []))
  const chunks = outputs.filter((output): output is Rolldown.OutputChunk => output.type === 'chunk')
  const first = withImports(
    chunks,
    chunks.filter(({ isEntry }) => isEntry),
  )
  return {
    first: first.map(bytesOf).reduce((sum, bytes) => sum + bytes, 0),
    firstModules: first.flatMap(modulesOf),
    later: chunks
      .filter((chunk) => !first.includes(chunk))
      .map((chunk) => ({ bytes: bytesOf(chunk), modules: modulesOf(chunk) })),
  }
}

const withImports = (
  all: readonly Rolldown.OutputChunk[],
  some: readonly Rolldown.OutputChunk[],
): readonly Rolldown.OutputChunk[] => {
  const names = new Set(some.flatMap(({ fileName, imports }) => [fileName, ...imports]))
  const found = all.filter(({ fileName }) => names.has(fileName))
  return found.length === some.length ? found : withImports(all, found)
}

const bytesOf = ({ code }: Rolldown.OutputChunk): number => gzipSync(code, { level: 9 }).length

const modulesOf = ({ moduleIds }: Rolldown.OutputChunk): readonly string[] =>
  moduleIds.map((id) => (id.startsWith(root) ? id.slice(root.length) : id))
