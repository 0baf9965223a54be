import type { Removal } from '../../../domain/contact.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { readItems } from '../contact/read-items.ts'
import { isFolderGone, isLinkDead } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { latestOf, type GraphItem } from '../graph/graph-item.ts'
import { loopGuard } from '../graph/loop-guard.ts'
import { readPage } from '../graph/page.ts'
import type { TrackedFolder } from './delta-cursor.ts'
import { fetchFullNotes, fetchPresent } from './fetch-by-id.ts'
import { areSameFolders, folderLists, foldersFrom, withParent } from './folders.ts'
import type { MailboxIndex } from './mailbox-index.ts'
import { RelistRequired } from './relist-required.ts'
import { rescan } from './rescan.ts'
import type { FolderPlan } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

type ChangesReport = Extract<SourceReport, { type: 'changes.fetched' }>

/** A folder whose changes can be requested. */
type TrackedPlan = FolderPlan & TrackedFolder

export interface ReconciledFolders {
  readonly folders: readonly FolderPlan[]
  /** False if the mailbox kept changing until the rounds were used up. */
  readonly verified: boolean
}

/** Maximum number of rounds. After them the list is accepted unverified. */
export const ROUNDS = 5

/** Contacts in one report. */
const CHUNK = 1000

/**
 * Requests the changes of all folders, round after round, until a round brings none: then everything that was read
 * was valid, in every folder, when that round began. Each round lists the folders as well, because a contact may have
 * moved to a new one.
 *
 * A list that was read page by page during changes may lack contacts that only moved from one page to another, which
 * no delta reports. So ids are read again after each round that brings changes.
 *
 * Reports each round as a whole: removals first, then contacts; the last report of a contact wins. Throws
 * `RelistRequired` if a folder is new or gone, or the server no longer accepts a delta link.
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
): AsyncGenerator<ChangesReport, ReconciledFolders> {
  let folders = tracked
  for (let round = 1; round <= ROUNDS; round++) {
    const before = folders
    const answers = await ((round === 1 ? asked : null) ?? askRound(graph, urls, before))
    const changes = await readRound(graph, urls, before, answers)
    folders = before.map((folder, index) => ({
      ...withParent(folder, changes[index]?.listed ?? []),
      delta: changes[index]?.delta ?? folder.delta,
    }))
    const items = changes.flatMap((change) => change.items)
    if (items.length === 0) return { folders, verified: true }
    const removed = changes.flatMap((change, index) => removalsFrom(folders[index], change.items))
    const missed = paged === null ? [] : await readMissed(graph, urls, folders, paged, items)
    const chunks = chunked([...items, ...missed])
    for (const [index, chunk] of chunks.entries()) {
      const { contacts, skipped } = readItems(chunk)
      const isLast = index === chunks.length - 1
      // Until the whole round is recorded, the cursor leads to the same round again.
      const cursor = cursorAt(isLast ? folders : before)
      yield {
        type: 'changes.fetched',
        removed: index === 0 ? removed : [],
        upserted: contacts,
        skipped,
        cursor,
      }
    }
  }
  return { folders, verified: false }
}

/** A folder in which no contact was ever seen has no recorded contacts to remove. */
const removalsFrom = (folder: FolderPlan | undefined, items: readonly GraphItem[]): readonly Removal[] => {
  const parent = folder?.parent
  if (typeof parent !== 'string') return []
  return items.flatMap(({ id, isRemoved }) => (isRemoved && id !== null ? [{ id, folder: parent }] : []))
}

/** Reads contacts that neither the pages nor the deltas contained. */
const readMissed = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly FolderPlan[],
  paged: MailboxIndex,
  changed: readonly GraphItem[],
): Promise<readonly GraphItem[]> => {
  paged.update(changed)
  const now = await rescan(graph, urls, folders)
  const missed = await fetchPresent(graph, urls, now.newSince(paged))
  paged.update(missed)
  return missed
}

const chunked = (items: readonly GraphItem[]): readonly (readonly GraphItem[])[] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  )

type RoundAnswers = Promise<readonly PromiseSettledResult<unknown>[]>

/** Requests the changes of all folders, and the folders themselves. */
export const askRound = (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly TrackedFolder[],
): RoundAnswers => graph.followAll([...folders.map(({ delta }) => delta), ...folderLists(urls, folders)])

const readRound = async (
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly TrackedFolder[],
  answers: readonly PromiseSettledResult<unknown>[],
) => {
  const listed = (
    await Promise.all(answers.slice(folders.length).map((answer) => foldersFrom(graph, answer)))
  ).flat()
  if (!areSameFolders(folders, listed)) throw new RelistRequired()
  return Promise.all(answers.slice(0, folders.length).map((answer) => readChanges(graph, urls, answer)))
}

interface FolderChanges {
  /** The items as the delta query of this folder lists them. */
  readonly listed: readonly GraphItem[]
  /** The same with full notes. If fetched by id, a contact that has moved since has its new folder. */
  readonly items: readonly GraphItem[]
  readonly delta: string
}

/** All changes of one folder, each contact as last listed, and the link to the next changes. */
const readChanges = async (
  graph: GraphClient,
  urls: MailboxUrls,
  first: PromiseSettledResult<unknown>,
): Promise<FolderChanges> => {
  const guard = loopGuard()
  const items: GraphItem[] = []
  try {
    if (first.status === 'rejected') throw first.reason
    for (let page = readPage(first.value); ; page = readPage(await graph.follow(page.next))) {
      if (guard.repeats(page)) throw new RelistRequired()
      guard.take(page)
      for (const item of page.items) items.push(item)
      if (page.next !== null) continue
      if (page.delta === null) throw new RelistRequired()
      const listed = latestOf(items)
      return { listed, items: await fetchFullNotes(graph, urls, listed), delta: page.delta }
    }
  } catch (error) {
    throw isLinkDead(error) || isFolderGone(error) ? new RelistRequired(error) : error
  }
}
