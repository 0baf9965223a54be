import type { GraphClient } from '../../graph/graph-client.ts'
import type { Doubts } from '../cursor/doubts.ts'
import type { Folder, FolderListing } from '../folders.ts'
import { findFolders } from './missing-folders.ts'
import { RelistRequired } from '../relist-required.ts'
import type { MailboxUrls } from '../urls.ts'

/**
 * Checks that the folders are still the expected ones. A folder that is not listed counts as existing if it answers
 * by its id. Throws `RelistRequired` if a folder is new or gone.
 */
export const checkFolders = async (
  graph: GraphClient,
  urls: MailboxUrls,
  expected: readonly Folder[],
  { folders, skipped, isWhole }: FolderListing,
  doubts: Doubts,
): Promise<void> => {
  const listed = new Set(folders.map(({ id }) => id))
  for (const id of doubts.unreadable) {
    if (listed.has(id) || !isWhole) continue
    doubts.unreadable.delete(id)
    doubts.folders.delete(id)
  }
  doubts.hasUnlistedFolders = !isWhole || skipped.length > 0
  // Graph beta lists the default folder as well.
  const known = new Set(expected.flatMap(({ id, parent }) => (id === null ? [parent] : [id])))
  const isNew = (id: string) => !known.has(id) && !doubts.unreadable.has(id)
  if (isWhole && [...listed].some(isNew)) throw new RelistRequired()
  const leftOut = expected.flatMap(({ id }) => (id === null || listed.has(id) ? [] : [id]))
  const { gone, unknown } = await findFolders(
    graph,
    urls,
    leftOut,
    expected.filter(({ id }) => id === null || listed.has(id)),
  )
  if (gone.length > 0) throw new RelistRequired()
  doubts.unconfirmed = unknown
}
