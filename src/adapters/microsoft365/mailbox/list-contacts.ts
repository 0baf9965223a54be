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
  /** A folder begins. */
  readonly onFolder: (folder: FolderPlan) => void
  /** Items of a page, with full notes. */
  readonly onItems: (items: readonly GraphItem[]) => void
  /** The last items are there and only have to be reported. */
  readonly onListed: (folders: readonly FolderPlan[]) => void
}

/**
 * Lists the contacts of all folders from a position on, with a report for each page that has items, and returns the
 * folders as they are known then. A folder that was deleted meanwhile is passed over.
 *
 * Throws `RelistRequired` where a link of an earlier run, or of a delta query, leads nowhere.
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
    // A link of an earlier run that leads nowhere does not mean that its folder is gone.
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
        ...startCursor([...folders]),
        index: ended ? index + 1 : index,
        next: page.next,
      }
      // Parsing an answer and mapping its contacts each take long enough by themselves.
      await yieldToEventLoop()
      const { contacts, skipped, removed: ids } = readItems(items)
      // One page makes one report, because a report is recorded together with its cursor.
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
