import type { Removal } from '../../../domain/contact.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { latestOf, readItems } from '../contact/read-items.ts'
import { isFolderGone, isLinkDead } from '../graph/errors.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { loopGuard } from '../graph/loop-guard.ts'
import { readPage } from '../graph/page.ts'
import type { TrackedFolder } from './delta-cursor.ts'
import { fetchFullNotes } from './fetch-by-id.ts'
import { areSameFolders, folderLinks, foldersFrom, withParent } from './folders.ts'
import type { MailboxIndex } from './mailbox-index.ts'
import { RelistRequired } from './relist-required.ts'
import { fetchPresent, rescan } from './rescan.ts'
import type { FolderPlan } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

type ChangesReport = Extract<SourceReport, { type: 'changes.fetched' }>

/** A folder whose changes can be asked for. */
type TrackedPlan = FolderPlan & TrackedFolder

export interface ReconciledFolders {
  readonly folders: readonly FolderPlan[]
  /** False where the mailbox never came to rest. */
  readonly verified: boolean
}

/** Rounds after which a mailbox is taken as it is. */
export const ROUNDS = 5

/** Contacts in one report. */
const CHUNK = 1000

/**
 * Asks all folders for their changes, round after round, until a round brings none: then all that was read before
 * holds at the moment when that round began, in every folder. The folders themselves are looked at in each round,
 * because a contact may have moved to one that nobody knows yet.
 *
 * A list that was read page by page while something changed may lack contacts that only moved from one page to
 * another, of which no delta tells: so it is looked at again after each round that is not silent.
 *
 * Reports each round as a whole: what is gone first, then what is there; the last one wins. Throws `StaleListing`
 * where a folder is new or gone, or a delta link no longer understood.
 *
 * @param asked the answers to `askRound` for these very folders, where that was done already
 * @param paged what was read page by page; null where the list is known to be whole
 * @param cursorAt where to go on once the round that left the folders like this is recorded
 */
export async function* reconcileByDelta(
  graph: GraphClient,
  links: MailboxUrls,
  tracked: readonly TrackedPlan[],
  asked: RoundAnswers | null,
  paged: MailboxIndex | null,
  cursorAt: (folders: readonly FolderPlan[]) => ChangesReport['cursor'],
): AsyncGenerator<ChangesReport, ReconciledFolders> {
  let folders = tracked
  for (let round = 1; round <= ROUNDS; round++) {
    const before = folders
    const answers = await ((round === 1 ? asked : null) ?? askRound(graph, links, before))
    const changes = await readRound(graph, links, before, answers)
    folders = before.map((folder, index) => ({
      ...withParent(folder, changes[index]?.told ?? []),
      delta: changes[index]?.delta ?? folder.delta,
    }))
    const items = changes.flatMap((change) => change.items)
    if (items.length === 0) return { folders, verified: true }
    const removed = changes.flatMap((change, index) => goneFrom(folders[index], change.items))
    // The cursor of a round that is not whole yet leads to that round once more.
    const missed = paged === null ? [] : await readMissed(graph, links, folders, paged, items)
    const chunks = chunked([...items, ...missed])
    for (const [index, chunk] of chunks.entries()) {
      const { contacts, skipped } = readItems(chunk)
      const isLast = index === chunks.length - 1
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

/** Nothing that is recorded lies in a folder of which no contact was ever seen. */
const goneFrom = (folder: FolderPlan | undefined, items: readonly unknown[]): readonly Removal[] => {
  const parent = folder?.parent
  return typeof parent === 'string' ? readItems(items).removed.map((id) => ({ id, folder: parent })) : []
}

/** What neither the pages brought nor the deltas. */
const readMissed = async (
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly FolderPlan[],
  paged: MailboxIndex,
  changed: readonly unknown[],
): Promise<readonly unknown[]> => {
  paged.update(changed)
  const now = await rescan(graph, links, folders)
  const missed = await fetchPresent(graph, links, now.newSince(paged))
  paged.update(missed)
  return missed
}

const chunked = (items: readonly unknown[]): readonly (readonly unknown[])[] =>
  Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, index) =>
    items.slice(index * CHUNK, (index + 1) * CHUNK),
  )

type RoundAnswers = Promise<readonly PromiseSettledResult<unknown>[]>

/** Asks for what changed, and for the folders. */
export const askRound = (
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly TrackedFolder[],
): RoundAnswers => graph.followAll([...folders.map(({ delta }) => delta), ...folderLinks(links, folders)])

const readRound = async (
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly TrackedFolder[],
  answers: readonly PromiseSettledResult<unknown>[],
) => {
  const listed = (
    await Promise.all(answers.slice(folders.length).map((answer) => foldersFrom(graph, answer)))
  ).flat()
  if (!areSameFolders(folders, listed)) throw new RelistRequired()
  return Promise.all(answers.slice(0, folders.length).map((answer) => readChanges(graph, links, answer)))
}

interface FolderChanges {
  /** As this folder told them. */
  readonly told: readonly unknown[]
  /** The same with whole notes. Fetched by id, a contact that has moved since names the folder where it is now. */
  readonly items: readonly unknown[]
  readonly delta: string
}

/** All changes of one folder, each contact as it was told last, and the link to the next ones. */
const readChanges = async (
  graph: GraphClient,
  links: MailboxUrls,
  first: PromiseSettledResult<unknown>,
): Promise<FolderChanges> => {
  const guard = loopGuard()
  const items: unknown[] = []
  try {
    if (first.status === 'rejected') throw first.reason
    for (let page = readPage(first.value); ; page = readPage(await graph.follow(page.next))) {
      if (guard.repeats(page)) throw new RelistRequired()
      guard.take(page)
      for (const item of page.items) items.push(item)
      if (page.next !== null) continue
      if (page.delta === null) throw new RelistRequired()
      const told = latestOf(items)
      return { told, items: await fetchFullNotes(graph, links, told), delta: page.delta }
    }
  } catch (error) {
    throw isLinkDead(error) || isFolderGone(error) ? new RelistRequired(error) : error
  }
}
