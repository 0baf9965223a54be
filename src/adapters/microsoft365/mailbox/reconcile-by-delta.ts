import type { SourceContact } from '../../../domain/contact.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { readItems } from '../contact/read-items.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import type { GraphItem } from '../graph/graph-item.ts'
import type { TrackedFolder } from './cursor/delta-cursor.ts'
import { askRound, readRound, type RoundAnswers } from './delta-round.ts'
import { fetchFullNotes, fetchPresent, isCut } from './fetch-by-id.ts'
import { Doubts } from './cursor/doubts.ts'
import { withParent } from './folders.ts'
import type { MailboxIndex } from './mailbox-index.ts'
import { askContacts, isPartial } from './questions.ts'
import { readFolders } from './discovery/read-folders.ts'
import { rescan, type ReadingOptions } from './rescan.ts'
import type { FolderPlan } from './cursor/resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

type ChangesReport = Extract<SourceReport, { type: 'changes.fetched' }>

/** A folder whose changes can be requested. */
type TrackedPlan = FolderPlan & TrackedFolder

export interface ReconciledFolders {
  readonly folders: readonly FolderPlan[]
  /** False if the mailbox kept changing until the rounds were used up, or something could not be found out. */
  readonly verified: boolean
}

/** Maximum number of rounds. After them the list is accepted unverified. */
export const ROUNDS = 5

/** Contacts in one report. */
const CHUNK = 1000

export interface DeltaOptions extends ReadingOptions {
  /** The contacts on the device. */
  readonly onDevice?: ReadonlyMap<string, SourceContact>
  /** Whether the listing to which the rounds belong has read a contact in full; absent if they belong to none. */
  readonly isRead?: (id: string) => boolean
}

/**
 * Requests the changes of all folders, round after round, until a round brings none: then everything that was read
 * was valid, in every folder, when that round began. Each round lists the folders as well, because a contact may have
 * moved to a new one.
 *
 * A contact that is reported as removed, or without all of its properties, is requested by its id: it may still
 * exist, in this or another folder.
 *
 * A list that was read page by page during changes may lack contacts that only moved from one page to another, which
 * no delta reports. So ids are read again after each round that brings changes.
 *
 * Reports each round as a whole: removals first, then contacts; the last report of a contact wins. Throws
 * `RelistRequired` if a folder is new or gone, or the server no longer answers a delta link.
 *
 * @param asked the responses of `askRound` for the same folders, if already requested
 * @param paged what was read page by page; null if the list is known to be complete
 * @param cursorAt where to resume once the round that ended with these folders is recorded
 */
export async function* reconcileByDelta(
  graph: GraphClient,
  urls: MailboxUrls,
  tracked: readonly TrackedPlan[],
  asked: RoundAnswers | null,
  paged: MailboxIndex | null,
  cursorAt: (folders: readonly FolderPlan[]) => ChangesReport['cursor'],
  { onDevice = new Map(), isRead, ...options }: DeltaOptions = {},
): AsyncGenerator<ChangesReport, ReconciledFolders> {
  const doubts = options.doubts ?? new Doubts()
  let folders = tracked
  /** Reported as removed, and missing in a listing of ids. That is certain only once a round brings no changes. */
  let unsettled: readonly string[] = []
  /** Contacts that are asked for once more. */
  let again: ReadonlySet<string> = new Set(doubts.contacts)
  for (let round = 1; round <= ROUNDS; round++) {
    const before = folders
    const answers = await ((round === 1 ? asked : null) ?? askRound(graph, urls, before, doubts))
    const { changes, names } = await readRound(graph, urls, before, answers, doubts)
    folders = before.map((folder, index) => ({
      ...withParent(folder, changes[index]?.items ?? []),
      name: (folder.id === null ? null : names.get(folder.id)) ?? folder.name,
      delta: changes[index]?.delta ?? folder.delta,
    }))
    const told = changes.flatMap((change) => change.items)
    const isSilent = told.length === 0
    const toldIds = new Set(told.map(({ id }) => id))
    const settled = doubts.takeGone().filter((id) => !toldIds.has(id))
    for (const id of toldIds) if (id !== null) doubts.forget(id)

    const { whole, questions } = divided(told, urls.isExtended)
    const ids = [...new Set([...questions, ...again, ...(isSilent ? [] : unsettled)])]
    for (const id of ids) doubts.forget(id)
    const settings = { ...options, doubts, mayList: true }
    const answered = await askContacts(graph, urls, folders, ids, onDevice, settings)
    const { present, goneByListing, left, open } = answered
    for (const id of open) doubts.contacts.add(id)
    const askedAgain = again
    again = new Set(open.filter((id) => !askedAgain.has(id)))
    unsettled = goneByListing
    const unanswered = [...left, ...open]
    const items = [
      ...(await fetchFullNotes(graph, urls, whole)),
      ...present,
      ...betterThanNone(told, new Set(unanswered.filter((id) => !onDevice.has(id) && isRead?.(id) !== true))),
    ]
    const gone = [...answered.gone, ...goneByListing]
    const isOver = isSilent && items.length + gone.length === 0 && doubts.unasked.length === 0
    const removed = [...settled, ...gone]
    paged?.update(items, removed)
    // Pages may have shifted even if nothing can be found out about the changes that shifted them.
    const missed =
      paged === null || (isSilent && items.length + gone.length === 0)
        ? { items: [], unknown: [] }
        : await readMissed(graph, urls, folders, paged, { ...options, doubts })
    // Report contacts that a listing has not read as the device has them. Without a listing, they stay by themselves.
    const kept =
      isRead === undefined
        ? []
        : [...unanswered, ...missed.unknown].flatMap((id) => (isRead(id) ? [] : (onDevice.get(id) ?? [])))
    // Until the whole round is recorded, the cursor leads to the same round again.
    yield* reportsOf({ removed, items: [...items, ...missed.items], kept }, (isLast) =>
      cursorAt(isLast ? folders : before),
    )
    if (isOver) return { folders, verified: doubts.isEmpty }
  }
  for (const id of unsettled) doubts.contacts.add(id)
  return { folders, verified: false }
}

/**
 * The contacts that a round returns in full, and the ids of the contacts that have to be requested. Deltas return no
 * extended properties, so if these are wanted, every contact is requested.
 */
const divided = (told: readonly GraphItem[], isExtended: boolean) => {
  const isWhole = (item: GraphItem) =>
    !item.isRemoved && (item.id === null || !(isExtended ? !item.isError : isPartial(item)))
  const whole = told.filter(isWhole)
  const known = new Set(whole.map(({ id }) => id))
  const questions = told.flatMap(({ id }) => (id === null || known.has(id) ? [] : [id]))
  return { whole, questions }
}

/** New contacts that lack properties: they are better than none. */
const betterThanNone = (told: readonly GraphItem[], ids: ReadonlySet<string>): readonly GraphItem[] =>
  told
    .filter(({ id, isRemoved }) => id !== null && ids.has(id) && !isRemoved)
    .map((item) => (isCut(item) ? { ...item, isNoteCut: true as const } : item))

interface Changes {
  readonly removed: readonly string[]
  readonly items: readonly GraphItem[]
  /** As they are on the device. */
  readonly kept: readonly SourceContact[]
}

/** The reports of one round; none if it changes nothing. */
function* reportsOf(
  { removed, items, kept }: Changes,
  cursorAt: (isLast: boolean) => ChangesReport['cursor'],
): Generator<ChangesReport> {
  if (removed.length + items.length + kept.length === 0) return
  const chunks = chunked(items)
  for (const [index, chunk] of chunks.entries()) {
    const { contacts, skipped } = readItems(chunk)
    const isLast = index === chunks.length - 1
    yield {
      type: 'changes.fetched',
      removed: index === 0 ? removed.map((id) => ({ id })) : [],
      upserted: isLast ? [...contacts, ...kept] : contacts,
      skipped,
      cursor: cursorAt(isLast),
    }
  }
}

/** Reads contacts that neither the pages nor the deltas contained. */
const readMissed = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly FolderPlan[],
  paged: MailboxIndex,
  options: ReadingOptions & { readonly doubts: Doubts },
): Promise<{ items: readonly GraphItem[]; unknown: readonly string[] }> => {
  const unknown: string[] = []
  const now = await rescan(graph, urls, folders, options)
  const read = readFolders(graph, urls, folders)
  const onUnknown = (id: string) => unknown.push(id)
  const items = await fetchPresent(graph, urls, now.newSince(paged), { folders: read, onUnknown })
  for (const id of unknown) options.doubts.contacts.add(id)
  paged.update(items)
  return { items, unknown }
}

/** At least one chunk: a round may bring removals only. */
const chunked = (items: readonly GraphItem[]): readonly (readonly GraphItem[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(items.length / CHUNK)) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  )
