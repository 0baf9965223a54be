import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { prefetchPages } from '../graph/prefetch-pages.ts'
import { fetchById } from './fetch-by-id.ts'
import { areSameFolders, type Folder, folderLinks, foldersBehind } from './folders.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { RelistRequired } from './relist-required.ts'
import type { MailboxUrls } from './urls.ts'

/**
 * Looks at all contacts again, by id and version only. Throws `StaleListing` where a folder is new or gone.
 */
export const rescan = async (
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly (Folder & { readonly count: number | null })[],
): Promise<MailboxIndex> => {
  const seen = new MailboxIndex()
  const lists = folders.map((folder) => ({
    first: links.identities(folder),
    at: (skip: number) => links.identities(folder, skip),
    skip: 0,
    step: links.pageSize,
    expected: folder.count,
  }))
  const read = async () => {
    for await (const { page } of prefetchPages(graph, lists, isFolderGone)) seen.add(page.items)
  }
  // A folder that is made after it was looked for was not there when the look began.
  const [listed] = await Promise.all([foldersBehind(graph, folderLinks(links, folders)), read()])
  if (!areSameFolders(folders, listed)) throw new RelistRequired()
  return seen
}

/** Contacts, whole; what is gone by now is missing. */
export const fetchPresent = async (
  graph: GraphClient,
  links: MailboxUrls,
  ids: readonly string[],
): Promise<readonly unknown[]> =>
  (await fetchById(graph, links, ids)).filter((contact) => contact !== undefined)
