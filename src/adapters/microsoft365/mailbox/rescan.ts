import type { AttemptLimit } from '../graph/attempt-limit.ts'
import { isFolderGone } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { pageSizes, type PageSizes } from '../graph/page-sizes.ts'
import { prefetchPages } from '../graph/prefetch-pages.ts'
import { Doubts } from './doubts.ts'
import { folderLists, listFolders, type Folder } from './folders.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { checkFolders } from './same-folders.ts'
import type { MailboxUrls } from './urls.ts'

export interface ReadingOptions {
  readonly doubts?: Doubts
  readonly sizes?: PageSizes
  readonly limit?: AttemptLimit
}

/** Reads all contacts again, by id and version only. Throws `RelistRequired` if a folder is new or gone. */
export const rescan = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly (Folder & { readonly count: number | null })[],
  { doubts = new Doubts(), sizes = pageSizes(urls.pageSize), limit }: ReadingOptions = {},
): Promise<MailboxIndex> => {
  const index = new MailboxIndex()
  const lists = folders.map((folder) => ({
    first: urls.identities(folder, 0, sizes.size),
    at: (skip: number, size: number) => urls.identities(folder, skip, size),
    skip: 0,
    expected: folder.count,
  }))
  const read = async () => {
    for await (const { page } of prefetchPages(graph, lists, isFolderGone, sizes, limit))
      index.add(page.items)
  }
  // A folder that was created after the folders were listed did not exist when the reading began.
  const [listing] = await Promise.all([listFolders(graph, urls, folderLists(urls, folders)), read()])
  await checkFolders(graph, urls, folders, listing, doubts)
  return index
}
