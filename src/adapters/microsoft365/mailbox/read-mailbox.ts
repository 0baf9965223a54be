import type { SourceContact, ContactFolder } from '../../../domain/contact.ts'
import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import type { FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import { StubbornFault } from '../../http/retry/stubborn-fault.ts'
import { attemptLimit, type AttemptLimit } from '../../http/attempt-limit.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { pageSizes, type PageSizes } from '../graph/page-sizes.ts'
import {
  deltaCursor,
  pageSizeIn,
  readDeltaCursor,
  type DeltaCursor,
  type TrackedFolder,
} from './cursor/delta-cursor.ts'
import { askRound } from './delta-round.ts'
import { countAll, discoverFolders } from './discovery/discover-folders.ts'
import { planFolders } from './discovery/plan-folders.ts'
import { Doubts } from './cursor/doubts.ts'
import type { Folder } from './folders.ts'
import { keepUnread } from './keep-unread.ts'
import { listContacts } from './list-contacts.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { reconcileByDelta } from './reconcile-by-delta.ts'
import { reconcileByRescan } from './reconcile-by-rescan.ts'
import { RelistRequired } from './relist-required.ts'
import { readResumeCursor, startCursor, type FolderPlan, type ResumeCursor } from './cursor/resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

interface Mailbox {
  readonly graph: GraphClient
  readonly service: URL
  readonly urls: MailboxUrls
  readonly request: FetchRequest
  readonly context: FetchContext
  readonly mostItems?: number
}

/** What the readings of one attempt share. */
interface Attempt extends Mailbox {
  readonly sizes: PageSizes
  /** Counts the items of all listings. */
  readonly limit: AttemptLimit
  readonly onDevice: ReadonlyMap<string, SourceContact>
  /** The folders of the earlier list, by the id that their contacts give. */
  readonly knownFolders: () => Iterable<string>
}

/** How often an attempt lists a mailbox before it accepts an unverified list. */
const LISTINGS = 3

/**
 * Reads a mailbox: the changes since the last time if possible, else everything. An interrupted attempt resumes after
 * its last recorded page. If the engine's knowledge of the mailbox is no longer valid, it lists everything again.
 */
export async function* readMailbox(mailbox: Mailbox): AsyncGenerator<SourceReport> {
  const { request, service, urls } = mailbox
  const resumed = readResumeCursor(request.resumeFrom, service, urls.shape)
  // An interrupted attempt has recorded only part of a list: changes cannot be applied to it.
  const mayChange = request.resumeFrom === null
  const tracked = mayChange ? await readDeltaCursor(request.changesSince, service, urls.shape) : null
  const { recorded, onDevice = new Map<string, SourceContact>() } = request
  const pageSize = resumed?.pageSize ?? pageSizeIn(request.changesSince ?? request.lastCursor ?? null)
  /** Folders that were found although no list of folders contains them. */
  const found = new Set<string>()
  const attempt: Attempt = {
    ...mailbox,
    sizes: pageSizes(urls.pageSize, pageSize),
    limit: attemptLimit(mailbox.mostItems),
    onDevice,
    knownFolders: () => [...found, ...foldersOf(tracked?.folders ?? [], onDevice)],
  }
  const readings = [
    resumed && (() => readFrom(attempt, resumed, { recorded })),
    tracked && (() => readChanges(attempt, tracked)),
  ]
  for (const reading of readings) {
    if (reading === null) continue
    const failed = yield* unlessStale(reading())
    if (failed === null) return
    if (failed.folder !== null) found.add(failed.folder)
  }
  let cause: unknown = null
  for (let listing = 1; listing <= LISTINGS; listing++) {
    const { size } = attempt.sizes
    const isLast = listing === LISTINGS
    // Do without deltas that keep failing, or that failed in every earlier listing.
    const mayUseDeltas = !isLast && !(cause instanceof StubbornFault)
    const failed = yield* unlessStale(listAll(attempt, { isLast, mayUseDeltas }))
    if (failed === null) return
    if (failed.folder !== null) found.add(failed.folder)
    cause = failed.cause
    // Smaller pages are another way to list, and need listings of their own.
    if (attempt.sizes.size < size) listing--
  }
  throw isImportFailure(cause) ? cause : new ImportFailure('bad-answer')
}

const foldersOf = (
  tracked: readonly Folder[],
  onDevice: ReadonlyMap<string, SourceContact>,
): Iterable<string> => {
  const ids = new Set<string>()
  for (const { id, parent } of tracked) for (const each of [id, parent]) if (each !== null) ids.add(each)
  for (const { folder } of onDevice.values()) if (folder !== undefined) ids.add(folder)
  return ids
}

/** Passes the reports on. Returns why the mailbox has to be listed again; null if it is read to its end. */
async function* unlessStale(
  reports: AsyncGenerator<SourceReport>,
): AsyncGenerator<SourceReport, RelistRequired | null> {
  try {
    yield* reports
    return null
  } catch (error) {
    if (error instanceof RelistRequired) return error
    throw error
  }
}

async function* listAll(
  attempt: Attempt,
  { isLast, mayUseDeltas }: { isLast: boolean; mayUseDeltas: boolean },
): AsyncGenerator<SourceReport> {
  const { graph, urls, sizes } = attempt
  const doubts = new Doubts()
  const discovered = await discoverFolders(graph, urls, attempt.knownFolders(), doubts)
  // No page is requested before this report is recorded: with too many contacts, none may be fetched.
  yield { type: 'contacts.counted', count: countAll(discovered.folders) }
  const folders = await planFolders(attempt, discovered.folders, mayUseDeltas)
  const start = startCursor(folders, urls.shape, { doubts, pageSize: sizes.remembered })
  const { skipped } = discovered
  if (skipped.length > 0) yield { type: 'page.fetched', contacts: [], skipped, cursor: start }
  // The report `contacts.counted` has discarded everything that was recorded before.
  yield* readFrom(attempt, start, { recorded: new Map(), isLast, doubts })
}

interface ReadFromOptions {
  /** What was recorded before the position. */
  readonly recorded: FetchRequest['recorded']
  /** There is no further listing after this one. */
  readonly isLast?: boolean
  readonly doubts?: Doubts
}

/** Lists from a position on, and reconciles the list. */
async function* readFrom(
  { graph, urls, context, sizes, limit, onDevice }: Attempt,
  position: ResumeCursor,
  { recorded, isLast = false, doubts = new Doubts(position.doubts) }: ReadFromOptions,
): AsyncGenerator<SourceReport> {
  const usesDeltas = position.folders.every(({ delta, walks }) => walks || delta !== null)
  const isPaged = position.folders.some(({ walks }) => !walks)
  const index = new MailboxIndex()
  index.recall(recorded.values())
  let asked: ReturnType<typeof askRound> | null = null
  const options = { doubts, sizes, onDevice, limit }
  const listener = {
    onFolder: ({ name }: Folder) => {
      if (name !== null) context.progress({ folder: name })
    },
    onItems: (items: Parameters<MailboxIndex['add']>[0]) => index.add(items),
    onListed: (folders: readonly FolderPlan[]) => {
      if (!usesDeltas) return
      asked = askRound(graph, urls, withDeltas(folders), doubts)
      asked.catch(() => undefined) // Thrown when the responses are read.
    },
  }
  const listed = yield* listContacts(graph, urls, position, listener, options)
  const cursorAt = after(urls, doubts, sizes)
  const kept = await keepUnread(graph, urls, listed, { doubts, onDevice, seen: index.versions })
  index.add(kept.items)
  const { contacts: upserted } = kept
  if (upserted.length > 0)
    yield { type: 'changes.fetched', upserted, removed: [], skipped: [], cursor: cursorAt(listed) }
  // Each rescan counts its contacts by itself, because five rescans of a large mailbox are not an endless list.
  const rounds = { doubts, sizes, onDevice, isRead: (id: string) => index.versions.has(id) }
  try {
    const { folders, verified } = usesDeltas
      ? yield* reconcileByDelta(
          graph,
          urls,
          withDeltas(listed),
          asked,
          isPaged ? index : null,
          cursorAt,
          rounds,
        )
      : yield* reconcileByRescan(graph, urls, listed, index, cursorAt(listed), rounds)
    const cursor = await deltaCursor(folders, { shape: urls.shape, doubts, pageSize: sizes.remembered })
    yield { type: 'listing.finished', cursor, verified, folders: namesOf(folders) }
  } catch (error) {
    if (!isLast || !(error instanceof RelistRequired)) throw error
    yield { type: 'listing.finished', cursor: null, verified: false, folders: namesOf(listed) }
  }
}

/** Reads what changed in the folders of a complete list. */
async function* readChanges(
  { graph, urls, sizes, onDevice }: Attempt,
  known: DeltaCursor,
): AsyncGenerator<SourceReport> {
  const plans = known.folders.map((folder) => ({ ...folder, count: null, walks: false }))
  const doubts = new Doubts(known.doubts)
  const options = { doubts, sizes, onDevice }
  const cursorAt = after(urls, doubts, sizes)
  const { folders, verified } = yield* reconcileByDelta(graph, urls, plans, null, null, cursorAt, options)
  const cursor = await deltaCursor(folders, { shape: urls.shape, doubts, pageSize: sizes.remembered })
  yield { type: 'listing.finished', cursor, verified, folders: namesOf(folders) }
}

/**
 * The folders by the ids that contacts give. An empty folder without an id is left out, because no contact refers to
 * it.
 */
const namesOf = (folders: readonly Folder[]): readonly ContactFolder[] =>
  folders.flatMap(({ id, name, parent }) => {
    const told = parent ?? id
    return told === null ? [] : [{ id: told, name }]
  })

/** The position after the last folder: everything is listed, and the changes since then have to be requested. */
const after =
  ({ shape }: MailboxUrls, doubts: Doubts, sizes: PageSizes) =>
  (folders: readonly FolderPlan[]) => ({
    ...startCursor(folders, shape, { doubts, pageSize: sizes.remembered }),
    index: folders.length,
  })

/** The folders with their delta links. A walk that ended without one means that the server dropped its delta query. */
const withDeltas = (folders: readonly FolderPlan[]): readonly (FolderPlan & TrackedFolder)[] =>
  folders.map((folder) => {
    if (folder.delta === null) throw new RelistRequired()
    return { ...folder, delta: folder.delta }
  })
