import { StubbornFault } from '../../http/retry/stubborn-fault.ts'
import type { AttemptLimit } from '../../http/attempt-limit.ts'
import { isDenied, isFolderGone, isRefused } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { pageSizes, type PageSizes } from '../graph/page-sizes.ts'
import { prefetchPages } from '../graph/prefetch-pages.ts'
import { Doubts } from './cursor/doubts.ts'
import { folderLists, listFolders, type Folder } from './folders.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { RelistRequired } from './relist-required.ts'
import { checkFolders } from './discovery/same-folders.ts'
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
  // A folder that answers 404 may still be there: the list of folders says whether it is.
  const isLeftOut = (error: unknown, list: number) =>
    (isRefused(error) && (!(error instanceof StubbornFault) || sizes.isExhausted)) ||
    (isDenied(error) && folders[list]?.id !== null)
  const read = async () => {
    for await (const { list, page, unreadable } of prefetchPages(graph, lists, isLeftOut, sizes, limit)) {
      index.add(page.items)
      if (unreadable === undefined) continue
      index.hasGaps = true
      const { id = null, parent = null } = folders[list] ?? {}
      doubts.doubt(parent ?? id)
    }
  }
  // A folder that was created after the folders were listed did not exist when the reading began.
  const [listing] = await Promise.all([listFolders(graph, urls, folderLists(urls, folders)), read()]).catch(
    (error: unknown) => {
      // Pages that can only be reached by their links are read again in another way. If all folders are gone, other
      // ones may have taken their place.
      throw error instanceof StubbornFault || isFolderGone(error) ? new RelistRequired(error) : error
    },
  )
  await checkFolders(graph, urls, folders, listing, doubts)
  return index
}
