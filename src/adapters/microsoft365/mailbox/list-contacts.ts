import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import type { SourceContact, SkippedContact } from '../../../domain/contact.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { StubbornFault } from '../../http/retry/stubborn-fault.ts'
import { readItems, type ReadItems } from '../contact/read-items.ts'
import { isDenied, isFolderGone, isRefused } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { latestOf, type GraphItem } from '../graph/graph-item.ts'
import type { GraphPage } from '../graph/page.ts'
import { pageSizes, type PageSizes } from '../graph/page-sizes.ts'
import type { PagedList } from '../graph/page-queue.ts'
import { prefetchPages } from '../graph/prefetch-pages.ts'
import { skipIn } from '../graph/skip-links.ts'
import { Doubts } from './cursor/doubts.ts'
import { fetchFullNotes, isCut } from './fetch-by-id.ts'
import { withKnownNotes } from './known-notes.ts'
import { withParent } from './folders.ts'
import { askContacts, partialOf } from './questions.ts'
import { askDefaultFolder } from './discovery/read-folders.ts'
import { RelistRequired } from './relist-required.ts'
import type { ReadingOptions } from './rescan.ts'
import { startCursor, type FolderPlan, type ResumeCursor } from './cursor/resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

export type PageReport = Extract<SourceReport, { type: 'page.fetched' | 'changes.fetched' }>

export interface ListingListener {
  /** Called when a folder begins. */
  readonly onFolder: (folder: FolderPlan) => void
  /** Called with the items of each page, with full notes. */
  readonly onItems: (items: readonly GraphItem[]) => void
  /**
   * Called once, when all pages have arrived and no further request is needed for them. They do not contain later
   * changes.
   */
  readonly onListed: (folders: readonly FolderPlan[]) => void
}

export interface ListingOptions extends ReadingOptions {
  /** The contacts on the device. */
  readonly onDevice?: ReadonlyMap<string, SourceContact>
}

/**
 * Lists the contacts of all folders from a position on, with a report for each page that has items. Returns the
 * folders with what was learned about them. A folder that cannot be read is left out.
 *
 * Throws `RelistRequired` if a link of an earlier run or of a delta query is dead or keeps failing, or if no folder
 * exists any more, and `no-mailbox` if the default folder was the only one.
 */
export async function* listContacts(
  graph: GraphClient,
  urls: MailboxUrls,
  position: ResumeCursor,
  { onFolder, onItems, onListed }: ListingListener,
  options: ListingOptions = {},
): AsyncGenerator<PageReport, readonly FolderPlan[]> {
  const {
    doubts = new Doubts(),
    sizes = pageSizes(urls.pageSize),
    limit,
    onDevice = new Map<string, SourceContact>(),
  } = options
  const folders = [...position.folders]
  const rest = folders.slice(position.index)
  const lists = rest.map((folder, place) => listOf(urls, folder, place === 0 ? position.next : null))
  const isLeftOut = (error: unknown, list: number) =>
    // A dead link of an earlier run says nothing about its folder.
    !(list === 0 && position.next !== null) &&
    rest[list]?.walks === false &&
    isUnreadable(error, rest[list].id === null, sizes)
  /** Asks for contacts that a walk reports as removed or that lack properties, and fetches long notes. */
  const fetchRest = async (listed: readonly GraphItem[]) => {
    const asked = questionsIn(listed)
    if (asked.length === 0) return { items: await fetchFullNotes(graph, urls, listed), gone: [], kept: [] }
    const settings = { ...options, doubts, mayList: false }
    const { present, gone, left, open } = await askContacts(graph, urls, folders, asked, onDevice, settings)
    for (const id of open) doubts.contacts.add(id)
    // A contact of which nothing can be found out stays as it is on the device.
    const kept = [...left, ...open].flatMap((id) => onDevice.get(id) ?? [])
    const settled = new Set([...gone, ...kept.map(({ id }) => id), ...present.flatMap(({ id }) => id ?? [])])
    const whole = listed.filter(({ id, isRemoved }) => !isRemoved && !(id !== null && settled.has(id)))
    return { items: [...(await fetchFullNotes(graph, urls, whole)), ...present], gone, kept }
  }

  let begun = -1
  let isFetching = false
  let isListed = false
  let remaining: () => readonly GraphPage[] | null = () => null
  const listedIfArrived = () => {
    if (isListed || isFetching || remaining()?.every(isPlain) !== true) return
    isListed = true
    onListed([...folders])
  }
  const onArrival = (rest: typeof remaining) => {
    remaining = rest
    listedIfArrived()
  }
  const pages = prefetchPages(graph, lists, isLeftOut, sizes, limit, onArrival)
  try {
    for await (const { list, page, unreadable, cause } of pages) {
      const index = position.index + list
      const folder = folders[index]
      if (folder === undefined) continue
      if (begun < index) onFolder(folder)
      begun = index
      isFetching = true
      const listed = folder.walks ? latestOf(page.items) : page.items
      const { items, gone, kept } = await fetchRest(listed)
      isFetching = false
      onItems(items)
      const current = { ...withParent(folder, listed), delta: page.delta ?? folder.delta }
      folders[index] = current
      const ended = page.next === null
      if (!ended || index < folders.length - 1) listedIfArrived()
      else if (!isListed) {
        isListed = true
        onListed([...folders])
      }
      const parent = current.parent ?? current.id
      if (current.id === null && parent !== null) doubts.learnDefault(parent)
      if (unreadable !== undefined) doubts.doubt(parent ?? (await askDefaultFolder(graph, urls)))
      // It may have been deleted meanwhile: the list of folders that is requested afterwards says so.
      if (isFolderGone(cause) && folder.id !== null) doubts.unreadable.add(folder.id)
      const cursor = {
        ...startCursor([...folders], position.shape, { doubts, pageSize: sizes.remembered }),
        index: ended ? index + 1 : index,
        next: page.next,
      }
      const { contacts: mapped, skipped } = await readSlices(items)
      const known = withKnownNotes(mapped, onDevice)
      const contacts = kept.length > 0 ? [...known, ...kept] : known
      const unread = {
        reason: unreadable === 'list' ? 'folder-unreadable' : 'unreadable',
        ...(parent !== null && { folder: parent }),
      } as const
      // One report per page, because a report is recorded together with its cursor.
      if (gone.length > 0) {
        const removed = gone.map((id) => ({ id }))
        yield { type: 'changes.fetched', upserted: contacts, removed, skipped, cursor }
      } else if (unreadable !== undefined) yield { type: 'page.fetched', contacts, skipped: [unread], cursor }
      else if (items.length + kept.length > 0) yield { type: 'page.fetched', contacts, skipped, cursor }
    }
  } catch (error) {
    const isDeniedOne = position.next === null && rest.length > 1 && isDenied(error)
    const followsLinks = position.next !== null || rest.some(({ walks }) => walks)
    if (error instanceof StubbornFault && mayReadOtherwise(sizes.size, rest)) {
      if (rest.some(({ walks }) => !walks)) sizes.shrink()
      throw new RelistRequired(error)
    }
    if (isFolderGone(error) && position.next === null) {
      if (folders.length === 1 && folders[0]?.id === null)
        throw new ImportFailure('no-mailbox', error.details)
      throw new RelistRequired(error)
    }
    throw followsLinks && (isRefused(error) || isDeniedOne) ? new RelistRequired(error) : error
  }
  return folders
}

/** Contacts that are mapped in one turn of the event loop: about 10 ms while the code is new to the runtime. */
const SLICE = 250

const readSlices = async (items: readonly GraphItem[]): Promise<Pick<ReadItems, 'contacts' | 'skipped'>> => {
  const contacts: SourceContact[] = []
  const skipped: SkippedContact[] = []
  for (let start = 0; start < items.length; start += SLICE) {
    await yieldToEventLoop()
    const read = readItems(items.slice(start, start + SLICE))
    contacts.push(...read.contacts)
    skipped.push(...read.skipped)
  }
  // Recording them takes about as long as mapping a slice.
  await yieldToEventLoop()
  return { contacts, skipped }
}

const questionsIn = (listed: readonly GraphItem[]): readonly string[] =>
  [...listed.filter(({ isRemoved }) => isRemoved), ...partialOf(listed)].flatMap(({ id }) => id ?? [])

/** Whether a page needs no further request. */
const isPlain = ({ items }: GraphPage): boolean => questionsIn(items).length === 0 && !items.some(isCut)

/** Whether a folder cannot be read for a reason of its own. Without access to the default one, nothing can be read. */
const isUnreadable = (error: unknown, isDefault: boolean, { isExhausted }: PageSizes): boolean =>
  (isRefused(error) && (!(error instanceof StubbornFault) || isExhausted)) || (isDenied(error) && !isDefault)

/** A list that can only be read link by link is read again in smaller pages, and a walk as a list. */
const mayReadOtherwise = (size: number, folders: readonly FolderPlan[]): boolean =>
  size > 1 || folders.some(({ walks }) => walks)

const listOf = (urls: MailboxUrls, folder: FolderPlan, next: string | null): PagedList => {
  const { count: expected } = folder
  if (folder.walks) return { first: next ?? urls.delta(folder), at: null, skip: 0, expected }
  const at = (skip: number, size: number) => urls.contacts(folder, skip, size)
  const size = next === null ? urls.pageSize : sizeIn(next)
  const skip = next === null ? 0 : skipIn(next, at(0, size))
  return { first: next ?? at(0, size), at: skip === null ? null : at, skip: skip ?? 0, expected }
}

const sizeIn = (link: string): number => Number(/(?:\$|%24)top=(\d+)/i.exec(link)?.[1] ?? 0)
