import type { SourceContact } from '../../../domain/contact.ts'
import { readItems } from '../contact/read-items.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { GraphItem } from '../graph/graph-item.ts'
import type { Doubts } from './cursor/doubts.ts'
import { readFolders } from './discovery/read-folders.ts'
import { fetchById } from './fetch-by-id.ts'
import type { Folder } from './folders.ts'
import { MOST_FETCHED } from './questions.ts'
import type { MailboxUrls } from './urls.ts'

interface Unread {
  readonly doubts: Doubts
  readonly onDevice: ReadonlyMap<string, SourceContact>
  /** Ids that the listing has read. */
  readonly seen: ReadonlyMap<string, unknown>
}

export interface KeptContacts {
  readonly contacts: readonly SourceContact[]
  /** The items of those contacts that were fetched, in their current version. */
  readonly items: readonly GraphItem[]
}

/**
 * The contacts on the device that a listing did not read and that may still be at the source, because their folder
 * could not be read in full. Contacts that the service reports as deleted are left out. Beyond `MOST_FETCHED`
 * contacts, the rest is kept without asking.
 */
export const keepUnread = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly Folder[],
  { doubts, onDevice, seen }: Unread,
): Promise<KeptContacts> => {
  const others = new Set(folders.flatMap(({ id, parent }) => (id === null ? [] : [id, parent])))
  // A contact that is in no other folder may be in the default folder, whose id is not known.
  const isInDoubt = (folder: string) =>
    doubts.folders.has(folder) || (doubts.hasUnreadContacts && !others.has(folder))
  const unread = [...onDevice.values()].filter(
    ({ id, folder }) => !seen.has(id) && folder !== undefined && isInDoubt(folder),
  )
  const read = readFolders(graph, urls, folders)
  const asked = unread.slice(0, MOST_FETCHED)
  const fetched = await fetchById(
    graph,
    urls,
    asked.map(({ id }) => id),
  )
  const kept: SourceContact[] = unread.slice(MOST_FETCHED)
  const items: GraphItem[] = []
  for (const [index, contact] of asked.entries()) {
    const item = fetched[index]
    if (item === 'gone') continue
    const isFetched = typeof item === 'object'
    const folder = isFetched ? item.parentFolderId : null
    const isHere =
      folder === null || folder === contact.folder || isInDoubt(folder) || (await read.has(folder))
    if (isHere === false) continue
    const current = isFetched ? readItems([item]).contacts : []
    if (isFetched && current.length > 0) items.push(item)
    kept.push(...(current.length > 0 ? current : [contact]))
  }
  return { contacts: kept, items }
}
