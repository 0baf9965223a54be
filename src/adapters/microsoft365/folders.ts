import type { GraphRequest } from '@microsoft/microsoft-graph-client'
import { ImportFailure } from '../../domain/failures.ts'
import type { GraphClient } from './graph-client.ts'
import { isFolderGone } from './graph-failure.ts'
import { pages } from './pages.ts'

/** A contact folder. The default one is known by its place only: Graph does not list it. */
export interface Folder {
  readonly id: string | null
  /** What the person calls it; null where that is not known. */
  readonly name: string | null
}

/** More than anybody has, so that folders made up without end come to one. */
const FOLDER_LIMIT = 10_000

const defaultFolder: Folder = { id: null, name: null }

const folderPath = (id: string) => `/me/contactFolders/${encodeURIComponent(id)}`

/** Asks for the contacts of a folder. */
export const askFolder = async (
  graph: GraphClient,
  { id }: Folder,
  build: (request: GraphRequest) => GraphRequest,
): Promise<unknown> => {
  if (id !== null) return graph.get(`${folderPath(id)}/contacts`, build)
  try {
    return await graph.get('/me/contacts', build)
  } catch (error) {
    // Nobody can delete the default folder: without it there is no mailbox to speak of.
    throw isFolderGone(error) ? new ImportFailure('no-mailbox', error.details) : error
  }
}

/**
 * All contact folders: the default one, those beside it, and all their children, each once. Graph:
 * `contactFolders` leaves out the default folder, and gives one level only.
 */
export const listFolders = async (graph: GraphClient): Promise<Folder[]> => {
  const found = new Map<string, Folder>()
  let level = ['/me/contactFolders']
  while (level.length > 0) {
    const children = (await Promise.all(level.map((path) => foldersAt(graph, path)))).flat()
    const fresh = new Map(children.filter(({ id }) => !found.has(id)).map((folder) => [folder.id, folder]))
    for (const [id, folder] of fresh) found.set(id, folder)
    if (found.size > FOLDER_LIMIT) throw new ImportFailure('bad-answer')
    level = [...fresh.keys()].map((id) => `${folderPath(id)}/childFolders`)
  }
  return [defaultFolder, ...found.values()]
}

type ListedFolder = Folder & { readonly id: string }

const foldersAt = async (graph: GraphClient, path: string): Promise<ListedFolder[]> => {
  const folders: ListedFolder[] = []
  try {
    const first = () => graph.get(path, (request) => request.select(['id', 'displayName']).top(1000))
    for await (const { items } of pages(graph, first)) folders.push(...items.map(readFolder))
  } catch (error) {
    // Its parent was deleted meanwhile: then so were the children.
    if (!isFolderGone(error)) throw error
  }
  return folders
}

const readFolder = (item: unknown): ListedFolder => {
  const { id, displayName } = (item ?? {}) as Record<string, unknown>
  // A folder that cannot be read must not be left out in silence: its contacts would seem deleted.
  if (typeof id !== 'string' || !/^[\x21-\x7e]+$/.test(id)) throw new ImportFailure('bad-answer')
  return { id, name: typeof displayName === 'string' && displayName !== '' ? displayName : null }
}
