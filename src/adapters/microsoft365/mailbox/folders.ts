import * as v from 'valibot'
import { ImportFailure } from '../../../domain/failures.ts'
import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { GraphItem } from '../graph/graph-item.ts'
import { loopGuard } from '../graph/loop-guard.ts'
import { readPage } from '../graph/page.ts'
import type { MailboxUrls } from './urls.ts'

export const folderForm = v.object({
  /** Null for the default folder, which Graph does not list. */
  id: v.nullable(v.string()),
  /** As the user named it; null if unknown. */
  name: v.nullable(v.string()),
  /** The `parentFolderId` of its contacts; null until one has been seen. */
  parent: v.nullable(v.string()),
})

/** A contact folder. */
export type Folder = v.InferOutput<typeof folderForm>

type ListedFolder = Folder & { readonly id: string }

export const defaultFolder: Folder = { id: null, name: null, parent: null }

/** The folder, with `parent` taken from its contacts. */
export const withParent = <F extends Folder>(folder: F, items: readonly GraphItem[]): F => {
  if (folder.parent !== null) return folder
  for (const { parentFolderId: parent } of items) if (parent !== null) return { ...folder, parent }
  return folder
}

/** More than any user has, so that a server that invents endless folders is noticed. */
const FOLDER_LIMIT = 10_000

/**
 * All contact folders: the default one, its siblings, and all their children, each once. Graph's `contactFolders`
 * leaves out the default folder and lists one level only.
 */
export const listAllFolders = async (graph: GraphClient, urls: MailboxUrls): Promise<Folder[]> => {
  const found = new Map<string, ListedFolder>()
  let level = [urls.topFolders]
  while (level.length > 0) {
    const listed = (await listFolders(graph, level)).filter(({ id }) => !found.has(id))
    const added = new Map(listed.map((folder) => [folder.id, folder]))
    for (const [id, folder] of added) found.set(id, folder)
    if (found.size > FOLDER_LIMIT) throw new ImportFailure('bad-answer')
    level = [...added.keys()].map(urls.childFolders)
  }
  return [defaultFolder, ...found.values()]
}

/** The addresses of the lists that cover all folders, provided that there are no others than these. */
export const folderLists = (urls: MailboxUrls, folders: readonly Folder[]): string[] => [
  urls.topFolders,
  ...folders.flatMap(({ id }) => (id === null ? [] : [urls.childFolders(id)])),
]

/** Reads lists of folders to their ends. */
export const listFolders = async (
  graph: GraphClient,
  lists: readonly string[],
): Promise<readonly ListedFolder[]> => {
  const firstPages = await graph.followAll(lists)
  return (await Promise.all(firstPages.map((first) => foldersFrom(graph, first)))).flat()
}

/** Reads a list of folders to its end, given the response for its first page. */
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
    // The parent was deleted meanwhile, and its children with it.
    if (!isFolderGone(error)) throw error
  }
  return folders
}

/** Whether the listed folders are the expected ones. (Graph beta lists the default one as well.) */
export const areSameFolders = (expected: readonly Folder[], listed: readonly Folder[]): boolean => {
  const defaultId = expected.find(({ id }) => id === null)?.parent
  const ids = new Set(listed.flatMap(({ id }) => (id === defaultId ? [] : [id])))
  const others = expected.filter(({ id }) => id !== null)
  return ids.size === others.length && others.every(({ id }) => ids.has(id))
}

const readFolder = ({ id, fields }: GraphItem): ListedFolder => {
  // A folder that cannot be read must not be left out: its contacts would look deleted.
  if (id === null || !/^[\x21-\x7e]+$/.test(id)) throw new ImportFailure('bad-answer')
  const name = fields?.['displayName']
  return { id, name: typeof name === 'string' && name !== '' ? name : null, parent: null }
}
