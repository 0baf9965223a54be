import * as v from 'valibot'
import { ImportFailure } from '../../../domain/failures.ts'
import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { loopGuard } from '../graph/loop-guard.ts'
import { readPage } from '../graph/page.ts'
import type { MailboxUrls } from './urls.ts'

export const folderForm = v.object({
  /** The default folder is known by its place only (null): Graph does not list it. */
  id: v.nullable(v.string()),
  /** What the person calls it; null where that is not known. */
  name: v.nullable(v.string()),
  /** What its contacts say that they are in; null as long as none was seen. */
  parent: v.nullable(v.string()),
})

/** A contact folder. */
export type Folder = v.InferOutput<typeof folderForm>

export const defaultFolder: Folder = { id: null, name: null, parent: null }

/** The folder, with what its contacts say of it. */
export const withParent = <F extends Folder>(folder: F, items: readonly unknown[]): F => {
  if (folder.parent !== null) return folder
  for (const item of items) {
    const parent = (item as { parentFolderId?: unknown } | null | undefined)?.parentFolderId
    if (typeof parent === 'string' && parent !== '') return { ...folder, parent }
  }
  return folder
}

/** More than anybody has, so that folders made up without end come to one. */
const FOLDER_LIMIT = 10_000

type ListedFolder = Folder & { readonly id: string }

/**
 * All contact folders: the default one, those beside it, and all their children, each once. Graph:
 * `contactFolders` leaves out the default folder, and gives one level only.
 */
export const listFolders = async (graph: GraphClient, links: MailboxUrls): Promise<Folder[]> => {
  const found = new Map<string, ListedFolder>()
  let level = [links.topFolders]
  while (level.length > 0) {
    const listed = (await foldersBehind(graph, level)).filter(({ id }) => !found.has(id))
    const fresh = new Map(listed.map((folder) => [folder.id, folder]))
    for (const [id, folder] of fresh) found.set(id, folder)
    if (found.size > FOLDER_LIMIT) throw new ImportFailure('bad-answer')
    level = [...fresh.keys()].map(links.childFolders)
  }
  return [defaultFolder, ...found.values()]
}

/** The links behind which all folders are listed, where no other folders are known than these. */
export const folderLinks = (links: MailboxUrls, folders: readonly Folder[]): string[] => [
  links.topFolders,
  ...folders.flatMap(({ id }) => (id === null ? [] : [links.childFolders(id)])),
]

/** Reads lists of folders to their ends. */
export const foldersBehind = async (
  graph: GraphClient,
  lists: readonly string[],
): Promise<readonly ListedFolder[]> => {
  const settled = await graph.followAll(lists)
  return (await Promise.all(settled.map((first) => foldersFrom(graph, first)))).flat()
}

/** Reads a list of folders to its end, from what became of its first page. */
export const foldersFrom = async (
  graph: GraphClient,
  first: PromiseSettledResult<unknown>,
): Promise<ListedFolder[]> => {
  const folders: ListedFolder[] = []
  const guard = loopGuard()
  try {
    if (first.status === 'rejected') throw first.reason
    for (let page = readPage(first.value); ; page = readPage(await graph.follow(page.next))) {
      folders.push(...page.items.map(readFolder))
      if (guard.repeats(page) || folders.length > FOLDER_LIMIT) throw new ImportFailure('bad-answer')
      guard.take(page)
      if (page.next === null) break
    }
  } catch (error) {
    // Its parent was deleted meanwhile: then so were the children.
    if (!isFolderGone(error)) throw error
  }
  return folders
}

/** Whether the folders listed are those that are known; beta lists the default one as well. */
export const areSameFolders = (known: readonly Folder[], listed: readonly Folder[]): boolean => {
  const main = known.find(({ id }) => id === null)?.parent
  const ids = new Set(listed.flatMap(({ id }) => (id === main ? [] : [id])))
  const others = known.filter(({ id }) => id !== null)
  return ids.size === others.length && others.every(({ id }) => ids.has(id))
}

const readFolder = (item: unknown): ListedFolder => {
  const { id, displayName } = (item ?? {}) as Record<string, unknown>
  // A folder that cannot be read must not be left out in silence: its contacts would seem deleted.
  if (typeof id !== 'string' || !/^[\x21-\x7e]+$/.test(id)) throw new ImportFailure('bad-answer')
  return {
    id,
    name: typeof displayName === 'string' && displayName !== '' ? displayName : null,
    parent: null,
  }
}
