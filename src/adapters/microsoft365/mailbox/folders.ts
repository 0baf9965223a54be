import * as v from 'valibot'
import type { SkippedContact } from '../../../domain/contact.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import { isDenied, isFolderGone, isRefused } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { GraphItem } from '../graph/graph-item.ts'
import { loopGuard } from '../graph/loop-guard.ts'
import { LARGEST_PAGE, readPage } from '../graph/page.ts'
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

export type ListedFolder = Folder & { readonly id: string }

export const defaultFolder: Folder = { id: null, name: null, parent: null }

/** What lists of folders contain. */
export interface FolderListing {
  readonly folders: readonly ListedFolder[]
  /** Folders that cannot be read. */
  readonly skipped: readonly SkippedContact[]
  /** False if a list, or a part of one, was not read. */
  readonly isWhole: boolean
}

/** The folder, with `parent` taken from its contacts. */
export const withParent = <F extends Folder>(folder: F, items: readonly GraphItem[]): F => {
  if (folder.parent !== null) return folder
  for (const { parentFolderId: parent } of items) if (parent !== null) return { ...folder, parent }
  return folder
}

/** More than any user has. Further folders are skipped: each takes several requests. */
const FOLDER_LIMIT = 1_000

/**
 * All contact folders but the default one: its siblings, and all their children, each once. Graph's `contactFolders`
 * leaves out the default folder and lists one level only.
 *
 * @param known folders that were found otherwise: their children are listed as well
 */
export const listAllFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
  known: readonly ListedFolder[] = [],
): Promise<FolderListing> => {
  const found = new Map<string, ListedFolder>(known.map((folder) => [folder.id, folder]))
  const skipped: SkippedContact[] = []
  let isWhole = true
  let level = known.length > 0 ? known.map(({ id }) => urls.childFolders(id)) : [urls.topFolders()]
  while (level.length > 0) {
    const listing = await listFolders(graph, urls, level)
    for (const each of listing.skipped) skipped.push(each)
    isWhole &&= listing.isWhole
    const added = new Map(
      listing.folders.filter(({ id }) => !found.has(id)).map((folder) => [folder.id, folder]),
    )
    const room = FOLDER_LIMIT - found.size
    if (added.size > room) {
      if (isWhole) skipped.push({ reason: 'too-many-folders' })
      isWhole = false
    }
    const next = [...added].slice(0, room)
    for (const [id, folder] of next) found.set(id, folder)
    level = next.map(([id]) => urls.childFolders(id))
  }
  return { folders: [...found.values()], skipped, isWhole }
}

/** The addresses of the lists that cover all folders, provided that there are no others than these. */
export const folderLists = (urls: MailboxUrls, folders: readonly Folder[]): string[] => [
  urls.topFolders(),
  ...folders.flatMap(({ id }) => (id === null ? [] : [urls.childFolders(id)])),
]

/** Reads lists of folders to their ends. */
export const listFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
  lists: readonly string[],
): Promise<FolderListing> =>
  foldersFrom(graph, urls, lists, await graph.followAll(lists, { hasDetour: true }))

/** Reads lists of folders to their ends, given the responses for their first pages. */
export const foldersFrom = async (
  graph: GraphClient,
  urls: MailboxUrls,
  lists: readonly string[],
  firstPages: readonly PromiseSettledResult<unknown>[],
): Promise<FolderListing> => {
  const listings = await Promise.all(
    firstPages.map((first, index) => readFolders(graph, urls, lists[index] ?? '', first)),
  )
  return {
    folders: listings.flatMap(({ folders }) => folders),
    skipped: listings.flatMap(({ skipped }) => skipped),
    isWhole: listings.every(({ isWhole }) => isWhole),
  }
}

const readFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
  list: string,
  first: PromiseSettledResult<unknown>,
): Promise<FolderListing> => {
  const folders: ListedFolder[] = []
  const skipped: SkippedContact[] = []
  const guard = loopGuard()
  try {
    const body =
      first.status === 'fulfilled' ? first.value : await inSmallPages(graph, urls, list, first.reason)
    for (let page = readPage(body); ; page = readPage(await graph.follow(page.next, { hasDetour: true }))) {
      for (const item of page.items) {
        const folder = readFolder(item)
        if (folder === null) skipped.push({ reason: 'folder-unreadable' })
        else if (folders.length < FOLDER_LIMIT) folders.push(folder)
        else return { folders, skipped: [...skipped, { reason: 'too-many-folders' }], isWhole: false }
      }
      if (guard.repeats(page)) throw new ImportFailure('bad-answer')
      guard.take(page)
      if (page.next === null) break
    }
  } catch (error) {
    // The parent was deleted meanwhile, and its children with it. The topmost list has none that can be deleted.
    const isParentGone = isFolderGone(error) && !isTopList(list)
    if (!isParentGone && (isRefused(error) || isDenied(error)))
      return { folders, skipped: [...skipped, { reason: 'folder-unreadable' }], isWhole: false }
    if (!isParentGone) throw error
  }
  return { folders, skipped, isWhole: true }
}

const isTopList = (list: string): boolean => /\/me\/contactFolders\?/.test(list)

/**
 * Some services fail only for large pages. Throws the error of the smallest page that was tried if that fails too, or
 * if smaller pages cannot help.
 */
const inSmallPages = async (
  graph: GraphClient,
  urls: MailboxUrls,
  list: string,
  error: unknown,
): Promise<unknown> => {
  if (isFolderGone(error) || !isRefused(error)) throw error
  const { folderPage } = urls
  const size = list.endsWith(`$top=${LARGEST_PAGE}`) ? 100 : 1
  const smaller = list.replace(/\$top=\d+$/, `$top=${size}`)
  if (smaller === list) throw error
  const [answer] = await Promise.allSettled([graph.follow(smaller, { hasDetour: true, isSuspect: true })])
  if (answer.status === 'rejected') return inSmallPages(graph, urls, smaller, answer.reason)
  folderPage.size = Math.min(folderPage.size, size)
  return answer.value
}

/** Null if the folder has no id with which it can be requested. */
const readFolder = ({ id, fields }: GraphItem): ListedFolder | null => {
  if (id === null) return null
  const name = fields?.['displayName']
  return { id, name: typeof name === 'string' && name !== '' ? name : null, parent: null }
}
