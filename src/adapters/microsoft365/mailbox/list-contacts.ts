import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { latestOf, readItems } from '../contact/read-items.ts'
import { isFolderGone, isLinkDead } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { type PagedList, prefetchPages, skipIn } from '../graph/prefetch-pages.ts'
import { fetchFullNotes } from './fetch-by-id.ts'
import { withParent } from './folders.ts'
import { RelistRequired } from './relist-required.ts'
import { type FolderPlan, type ResumeCursor, startCursor } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

export type PageReport = Extract<SourceReport, { type: 'page.fetched' | 'changes.fetched' }>

export interface ListingListener {
  /** A folder's turn has come. */
  readonly onFolder: (folder: FolderPlan) => void
  /** These came, as Graph gave them. */
  readonly onItems: (items: readonly unknown[]) => void
  /** The last of them is there, and only has to be reported. */
  readonly onListed: (folders: readonly FolderPlan[]) => void
}

/**
 * Lists the contacts of all folders from a position on, a report for each page that has something in it, and returns
 * the folders as they are known then. A folder that was deleted meanwhile is passed over.
 *
 * Throws `StaleListing` where a link of an earlier run, or of a delta query, leads nowhere.
 */
export async function* listContacts(
  graph: GraphClient,
  links: MailboxUrls,
  position: ResumeCursor,
  { onFolder, onItems, onListed }: ListingListener,
): AsyncGenerator<PageReport, readonly FolderPlan[]> {
  const folders = [...position.folders]
  const rest = folders.slice(position.index)
  const lists = rest.map((folder, place) => listOf(links, folder, place === 0 ? position.next : null))
  const isGone = (error: unknown, list: number) => {
    // A link of an earlier run that leads nowhere says nothing of its folder.
    if (list === 0 && position.next !== null) return false
    if (rest[list]?.id === null && isFolderGone(error)) throw new ImportFailure('no-mailbox', error.details)
    return isFolderGone(error)
  }
  let shown = -1
  try {
    for await (const { list, page } of prefetchPages(graph, lists, isGone)) {
      const index = position.index + list
      const folder = folders[index]
      if (folder === undefined) continue
      if (shown < index) onFolder(folder)
      shown = index
      const told = folder.walks ? latestOf(page.items) : page.items
      const items = await fetchFullNotes(graph, links, told)
      onItems(items)
      const known = { ...withParent(folder, told), delta: page.delta ?? folder.delta }
      folders[index] = known
      const ended = page.next === null
      if (ended && index === folders.length - 1) onListed([...folders])
      const cursor = {
        ...startCursor([...folders]),
        index: ended ? index + 1 : index,
        next: page.next,
      }
      // Reading an answer and making contacts of it are long enough, each for itself.
      await yieldToEventLoop()
      const { contacts, skipped, removed: ids } = readItems(items)
      // One report for one page: what has a cursor is recorded as a whole.
      if (ids.length > 0) {
        const { parent } = known
        const removed = parent === null ? [] : ids.map((id) => ({ id, folder: parent }))
        yield { type: 'changes.fetched', upserted: contacts, removed, skipped, cursor }
      } else if (items.length > 0) yield { type: 'page.fetched', contacts, skipped, cursor }
    }
  } catch (error) {
    const followsLinks = position.next !== null || rest.some(({ walks }) => walks)
    throw followsLinks && isLinkDead(error) ? new RelistRequired(error) : error
  }
  return folders
}

const listOf = (links: MailboxUrls, folder: FolderPlan, next: string | null): PagedList => {
  const { count: expected } = folder
  const step = links.pageSize
  if (folder.walks) return { first: next ?? links.delta(folder), at: null, skip: 0, step, expected }
  const at = (skip: number) => links.contacts(folder, skip)
  const skip = next === null ? 0 : skipIn(next, at(0))
  return { first: next ?? at(0), at: skip === null ? null : at, skip: skip ?? 0, step, expected }
}
