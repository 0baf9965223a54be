import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { readItems } from '../contact/read-items.ts'
import { isFolderGone, isLinkDead } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { latestOf, type GraphItem } from '../graph/graph-item.ts'
import { prefetchPages, skipIn, type PagedList } from '../graph/prefetch-pages.ts'
import { fetchFullNotes } from './fetch-by-id.ts'
import { withParent } from './folders.ts'
import { RelistRequired } from './relist-required.ts'
import { startCursor, type FolderPlan, type ResumeCursor } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

export type PageReport = Extract<SourceReport, { type: 'page.fetched' | 'changes.fetched' }>

export interface ListingListener {
  /** Called when a folder begins. */
  readonly onFolder: (folder: FolderPlan) => void
  /** Called with the items of each page, with full notes. */
  readonly onItems: (items: readonly GraphItem[]) => void
  /** Called when the last items have arrived and only have to be reported. */
  readonly onListed: (folders: readonly FolderPlan[]) => void
}

/**
 * Lists the contacts of all folders from a position on, with a report for each page that has items. Returns the
 * folders with what was learned about them. A folder that was deleted meanwhile is skipped.
 *
 * Throws `RelistRequired` if a link of an earlier run or of a delta query is dead.
 */
export async function* listContacts(
  graph: GraphClient,
  urls: MailboxUrls,
  position: ResumeCursor,
  { onFolder, onItems, onListed }: ListingListener,
): AsyncGenerator<PageReport, readonly FolderPlan[]> {
  const folders = [...position.folders]
  const rest = folders.slice(position.index)
  const lists = rest.map((folder, place) => listOf(urls, folder, place === 0 ? position.next : null))
  const isGone = (error: unknown, list: number) => {
    // A dead link of an earlier run does not mean that its folder is gone.
    if (list === 0 && position.next !== null) return false
    if (rest[list]?.id === null && isFolderGone(error)) throw new ImportFailure('no-mailbox', error.details)
    return isFolderGone(error)
  }
  let begun = -1
  try {
    for await (const { list, page } of prefetchPages(graph, lists, isGone)) {
      const index = position.index + list
      const folder = folders[index]
      if (folder === undefined) continue
      if (begun < index) onFolder(folder)
      begun = index
      const listed = folder.walks ? latestOf(page.items) : page.items
      const items = await fetchFullNotes(graph, urls, listed)
      onItems(items)
      const current = { ...withParent(folder, listed), delta: page.delta ?? folder.delta }
      folders[index] = current
      const ended = page.next === null
      if (ended && index === folders.length - 1) onListed([...folders])
      const cursor = {
        ...startCursor([...folders], urls.shape),
        index: ended ? index + 1 : index,
        next: page.next,
      }
      // Parsing a response and mapping its contacts each block the event loop for long enough.
      await yieldToEventLoop()
      const { contacts, skipped, removed: ids } = readItems(items)
      // One report per page, because a report is recorded together with its cursor.
      if (ids.length > 0) {
        const { parent } = current
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

const listOf = (urls: MailboxUrls, folder: FolderPlan, next: string | null): PagedList => {
  const { count: expected } = folder
  const step = urls.pageSize
  if (folder.walks) return { first: next ?? urls.delta(folder), at: null, skip: 0, step, expected }
  const at = (skip: number) => urls.contacts(folder, skip)
  const skip = next === null ? 0 : skipIn(next, at(0))
  return { first: next ?? at(0), at: skip === null ? null : at, skip: skip ?? 0, step, expected }
}
