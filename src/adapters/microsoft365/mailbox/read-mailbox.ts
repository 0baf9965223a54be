import type { SourceReport } from '../../../domain/reports.ts'
import type { FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { supportsDelta } from './delta-baseline.ts'
import { deltaCursor, readDeltaCursor, type TrackedFolder } from './delta-cursor.ts'
import { countAll, type DiscoveredFolder, discoverFolders } from './discover-folders.ts'
import { defaultFolder } from './folders.ts'
import { listContacts } from './list-contacts.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { askRound, reconcileByDelta } from './reconcile-by-delta.ts'
import { reconcileByRescan } from './reconcile-by-rescan.ts'
import { RelistRequired } from './relist-required.ts'
import { type FolderPlan, readResumeCursor, type ResumeCursor, startCursor } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

interface Mailbox {
  readonly graph: GraphClient
  readonly service: URL
  readonly links: MailboxUrls
  readonly request: FetchRequest
  readonly context: FetchContext
}

/** Contacts that are walked through though somebody waits: about as many pages as listing and witnessing them takes. */
const WALKED_AT_ONCE = 2000

/** How often a mailbox is listed anew within an attempt, before it is taken as it is. */
const LISTINGS = 3

/**
 * Reads a mailbox: what changed since the last time, or else all of it. An attempt that was broken off goes on at
 * its last recorded page. Wherever what was known does not hold any more, everything is listed anew.
 */
export async function* readMailbox(mailbox: Mailbox): AsyncGenerator<SourceReport> {
  const { request, service } = mailbox
  const resumed = readResumeCursor(request.resumeFrom, service)
  // What an attempt has recorded counts as its list, and is only a part of one: without its position it is void.
  const mayChange = request.resumeFrom === null
  const known = mayChange ? await readDeltaCursor(request.changesSince, service) : null
  const { recorded } = request
  if (resumed !== null && (yield* unlessStale(readOn(mailbox, resumed, { recorded })))) return
  if (known !== null && (yield* unlessStale(readChanges(mailbox, known)))) return
  for (let listing = 1; listing < LISTINGS; listing++) {
    if (yield* unlessStale(listAll(mailbox, listing))) return
  }
  yield* listAll(mailbox, LISTINGS)
}

/** True where it came to its end, false where it turned out to be stale. */
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
  const { graph, links } = mailbox
  const surveyed = await discoverFolders(graph, links)
  // Nothing is asked for ahead here: with too many contacts none at all may be fetched.
  yield { type: 'contacts.counted', count: countAll(surveyed) }
  // A mailbox that could not be followed by deltas until now is looked at the other way.
  const folders = await plan(mailbox, surveyed, listing < LISTINGS)
  // What was recorded before is void by now.
  yield* readOn(mailbox, startCursor(folders), { recorded: new Map(), isLast: listing === LISTINGS })
}

/**
 * How each folder is read. Where deltas cannot be anchored, a walk gives delta links as well, but only one page after
 * another: a refresh takes that time, and so does a small mailbox. Who waits for many contacts gets the list first.
 */
const plan = async (
  { graph, links, request }: Mailbox,
  folders: readonly DiscoveredFolder[],
  mayUseDeltas: boolean,
): Promise<readonly FolderPlan[]> => {
  const isAnchored = folders.every(({ delta }) => delta !== null)
  const mayWalk = request.changesSince !== null || (countAll(folders) ?? Infinity) <= WALKED_AT_ONCE
  const usesDeltas =
    mayUseDeltas && (isAnchored || (mayWalk && (await supportsDelta(graph, links, defaultFolder))))
  return folders.map((folder) =>
    usesDeltas ? { ...folder, walks: folder.delta === null } : { ...folder, walks: false, delta: null },
  )
}

/** Lists what is left from a position on, and settles it. `recorded` is what came before that position. */
async function* readOn(
  { graph, links, context }: Mailbox,
  position: ResumeCursor,
  { recorded, isLast = false }: { recorded: FetchRequest['recorded']; isLast?: boolean },
): AsyncGenerator<SourceReport> {
  const usesDeltas = position.folders.every(({ delta, walks }) => walks || delta !== null)
  const isPaged = position.folders.some(({ walks }) => !walks)
  const seen = new MailboxIndex()
  seen.recall(recorded.values())
  let asked: ReturnType<typeof askRound> | null = null
  const listed = yield* listContacts(graph, links, position, {
    onFolder: ({ name }) => {
      if (name !== null) context.progress({ folder: name })
    },
    onItems: (items) => seen.add(items),
    onListed: (folders) => {
      if (!usesDeltas) return
      asked = askRound(graph, links, tracked(folders))
      asked.catch(() => undefined) // It fails when it is its turn.
    },
  })
  try {
    const settled = usesDeltas
      ? yield* reconcileByDelta(graph, links, tracked(listed), asked, isPaged ? seen : null, after)
      : yield* reconcileByRescan(graph, links, listed, seen, after(listed))
    yield {
      type: 'listing.finished',
      cursor: await deltaCursor(settled.folders),
      verified: settled.verified,
    }
  } catch (error) {
    if (!isLast || !(error instanceof RelistRequired)) throw error
    yield { type: 'listing.finished', cursor: null, verified: false }
  }
}

/** What changed in folders whose list stands. */
async function* readChanges(
  { graph, links }: Mailbox,
  folders: readonly TrackedFolder[],
): AsyncGenerator<SourceReport> {
  const plans = folders.map((folder) => ({ ...folder, count: null, walks: false }))
  const settled = yield* reconcileByDelta(graph, links, plans, null, null, after)
  yield {
    type: 'listing.finished',
    cursor: await deltaCursor(settled.folders),
    verified: settled.verified,
  }
}

/** Everything is listed; what changed since the folders were known like this is to be asked for. */
const after = (folders: readonly FolderPlan[]) => ({ ...startCursor(folders), index: folders.length })

/** A walk ends with a delta link, where a server does what it began. */
const tracked = (folders: readonly FolderPlan[]): readonly (FolderPlan & TrackedFolder)[] =>
  folders.map((folder) => {
    if (folder.delta === null) throw new RelistRequired()
    return { ...folder, delta: folder.delta }
  })
