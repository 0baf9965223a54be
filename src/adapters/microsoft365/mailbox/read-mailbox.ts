import type { SourceReport } from '../../../domain/reports.ts'
import type { FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { supportsDelta } from './delta-baseline.ts'
import { deltaCursor, readDeltaCursor, type TrackedFolder } from './delta-cursor.ts'
import { countAll, discoverFolders, type DiscoveredFolder } from './discover-folders.ts'
import { defaultFolder } from './folders.ts'
import { listContacts } from './list-contacts.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { askRound, reconcileByDelta } from './reconcile-by-delta.ts'
import { reconcileByRescan } from './reconcile-by-rescan.ts'
import { RelistRequired } from './relist-required.ts'
import { readResumeCursor, startCursor, type FolderPlan, type ResumeCursor } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

interface Mailbox {
  readonly graph: GraphClient
  readonly service: URL
  readonly urls: MailboxUrls
  readonly request: FetchRequest
  readonly context: FetchContext
}

/** A first import walks up to this many contacts: that takes about as many pages as listing and reconciling them. */
const WALK_LIMIT = 2000

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
  const { recorded } = request
  if (resumed !== null && (yield* unlessStale(readFrom(mailbox, resumed, { recorded })))) return
  if (tracked !== null && (yield* unlessStale(readChanges(mailbox, tracked)))) return
  for (let listing = 1; listing < LISTINGS; listing++) {
    if (yield* unlessStale(listAll(mailbox, listing))) return
  }
  yield* listAll(mailbox, LISTINGS)
}

/** Passes the reports on. Returns false if the mailbox has to be listed again. */
async function* unlessStale(reports: AsyncGenerator<SourceReport>): AsyncGenerator<SourceReport, boolean> {
  try {
    yield* reports
    return true
  } catch (error) {
    if (error instanceof RelistRequired) return false
    throw error
  }
}

async function* listAll(mailbox: Mailbox, listing: number): AsyncGenerator<SourceReport> {
  const { graph, urls } = mailbox
  const discovered = await discoverFolders(graph, urls)
  // No page is requested before this report is recorded: with too many contacts, none may be fetched.
  yield { type: 'contacts.counted', count: countAll(discovered) }
  // If deltas failed in every earlier listing, the last one does without them.
  const folders = await plan(mailbox, discovered, listing < LISTINGS)
  // The reported count voided everything recorded before.
  yield* readFrom(mailbox, startCursor(folders, urls.shape), {
    recorded: new Map(),
    isLast: listing === LISTINGS,
  })
}

/**
 * How each folder is read. If a folder has no delta baseline, walking yields delta links too, but reads one page
 * after another. A refresh or a small mailbox can afford that; a first import of many contacts cannot.
 */
const plan = async (
  { graph, urls, request }: Mailbox,
  folders: readonly DiscoveredFolder[],
  mayUseDeltas: boolean,
): Promise<readonly FolderPlan[]> => {
  const hasBaseline = folders.every(({ delta }) => delta !== null)
  const mayWalk = request.changesSince !== null || (countAll(folders) ?? Infinity) <= WALK_LIMIT
  const usesDeltas =
    mayUseDeltas && (hasBaseline || (mayWalk && (await supportsDelta(graph, urls, defaultFolder))))
  return folders.map((folder) =>
    usesDeltas ? { ...folder, walks: folder.delta === null } : { ...folder, walks: false, delta: null },
  )
}

/** Lists from a position on, and reconciles the list. `recorded` contains what was recorded before that position. */
async function* readFrom(
  { graph, urls, context }: Mailbox,
  position: ResumeCursor,
  { recorded, isLast = false }: { recorded: FetchRequest['recorded']; isLast?: boolean },
): AsyncGenerator<SourceReport> {
  const usesDeltas = position.folders.every(({ delta, walks }) => walks || delta !== null)
  const isPaged = position.folders.some(({ walks }) => !walks)
  const index = new MailboxIndex()
  index.recall(recorded.values())
  let asked: ReturnType<typeof askRound> | null = null
  const listed = yield* listContacts(graph, urls, position, {
    onFolder: ({ name }) => {
      if (name !== null) context.progress({ folder: name })
    },
    onItems: (items) => index.add(items),
    onListed: (folders) => {
      if (!usesDeltas) return
      asked = askRound(graph, urls, withDeltas(folders))
      asked.catch(() => undefined) // Thrown when the responses are read.
    },
  })
  try {
    const { folders, verified } = usesDeltas
      ? yield* reconcileByDelta(graph, urls, withDeltas(listed), asked, isPaged ? index : null, after(urls))
      : yield* reconcileByRescan(graph, urls, listed, index, after(urls)(listed))
    yield { type: 'listing.finished', cursor: await deltaCursor(folders, urls.shape), verified }
  } catch (error) {
    if (!isLast || !(error instanceof RelistRequired)) throw error
    yield { type: 'listing.finished', cursor: null, verified: false }
  }
}

/** Reads what changed in the folders of a complete list. */
async function* readChanges(
  { graph, urls }: Mailbox,
  known: readonly TrackedFolder[],
): AsyncGenerator<SourceReport> {
  const plans = known.map((folder) => ({ ...folder, count: null, walks: false }))
  const { folders, verified } = yield* reconcileByDelta(graph, urls, plans, null, null, after(urls))
  yield { type: 'listing.finished', cursor: await deltaCursor(folders, urls.shape), verified }
}

/** The position after the last folder: everything is listed, and the changes since then have to be requested. */
const after =
  ({ shape }: MailboxUrls) =>
  (folders: readonly FolderPlan[]) => ({ ...startCursor(folders, shape), index: folders.length })

/** The folders with their delta links. A walk that ended without one means that the server dropped its delta query. */
const withDeltas = (folders: readonly FolderPlan[]): readonly (FolderPlan & TrackedFolder)[] =>
  folders.map((folder) => {
    if (folder.delta === null) throw new RelistRequired()
    return { ...folder, delta: folder.delta }
  })
