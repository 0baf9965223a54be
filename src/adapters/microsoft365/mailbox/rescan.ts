import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { prefetchPages } from '../graph/prefetch-pages.ts'
import { areSameFolders, folderLists, listFolders, type Folder } from './folders.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { RelistRequired } from './relist-required.ts'
import type { MailboxUrls } from './urls.ts'

/** Reads all contacts again, by id and version only. Throws `RelistRequired` if a folder is new or gone. */
export const rescan = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly (Folder & { readonly count: number | null })[],
): Promise<MailboxIndex> => {
  const index = new MailboxIndex()
  const lists = folders.map((folder) => ({
    first: urls.identities(folder),
    at: (skip: number) => urls.identities(folder, skip),
    skip: 0,
    step: urls.pageSize,
    expected: folder.count,
  }))
  const read = async () => {
    for await (const { page } of prefetchPages(graph, lists, isFolderGone)) index.add(page.items)
  }
  // A folder that was created after the folders were listed did not exist when the reading began.
  const [listed] = await Promise.all([listFolders(graph, folderLists(urls, folders)), read()])
  if (!areSameFolders(folders, listed)) throw new RelistRequired()
  return index
}
