import type { Contact } from '../../../domain/contact.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { fetchById } from './fetch-by-id.ts'
import { readFolders } from './discovery/read-folders.ts'
import type { Doubts } from './cursor/doubts.ts'
import type { Folder } from './folders.ts'
import type { MailboxUrls } from './urls.ts'

/** More contacts than this are not asked for one by one: they stay. */
const MOST_ASKED = 200

interface Unread {
  readonly doubts: Doubts
  readonly onDevice: ReadonlyMap<string, Contact>
  /** Ids that the listing has read. */
  readonly seen: ReadonlyMap<string, unknown>
}

/**
 * The contacts on the device that a listing did not read and that may still be at the source, because their folder
 * could not be read in full. What the service tells as deleted is left out.
 */
export const keepUnread = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly Folder[],
  { doubts, onDevice, seen }: Unread,
): Promise<readonly Contact[]> => {
  if (doubts.folders.size === 0) return []
  const unread = [...onDevice.values()].filter(
    ({ id, folder }) => !seen.has(id) && folder !== undefined && doubts.folders.has(folder),
  )
  if (unread.length === 0 || unread.length > MOST_ASKED) return unread
  const read = readFolders(graph, urls, folders)
  const fetched = await fetchById(
    graph,
    urls,
    unread.map(({ id }) => id),
  )
  const kept: Contact[] = []
  for (const [index, contact] of unread.entries()) {
    const item = fetched[index]
    if (item === 'gone') continue
    const folder = typeof item === 'object' ? item.parentFolderId : null
    const isHere =
      folder === null || folder === contact.folder || doubts.folders.has(folder) || (await read.has(folder))
    if (isHere !== false) kept.push(contact)
  }
  return kept
}
