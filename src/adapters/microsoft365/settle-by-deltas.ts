import type { SourceReport } from '../../domain/reports.ts'
import { knownBy } from './folder.ts'
import { folderLinks, foldersFrom } from './folders.ts'
import type { Folder } from './folder.ts'
import type { GraphClient } from './graph-client.ts'
import { isFolderGone, isLinkDead } from './graph-failure.ts'
import type { GraphLinks } from './graph-links.ts'
import { readPage } from './graph-page.ts'
import { pageGuard } from './page-guard.ts'
import type { TrackedFolder } from './changes-cursor.ts'
import { readItems } from './read-items.ts'
import { StaleListing } from './stale-listing.ts'
import { withWholeNotes } from './whole-notes.ts'

type ChangesReport = Extract<SourceReport, { type: 'changes.fetched' }>

export interface SettledFolders<F> {
  readonly folders: readonly F[]
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
 * Reports each round as a whole: what is gone first, then what is there; the last one wins. Throws `StaleListing`
 * where a folder is new or gone, or a delta link no longer understood.
 *
 * @param cursorAt where to go on once the round that left the folders like this is recorded
 */
export async function* settleByDeltas<F extends TrackedFolder>(
  graph: GraphClient,
  links: GraphLinks,
  tracked: readonly F[],
  cursorAt: (folders: readonly F[]) => ChangesReport['cursor'],
): AsyncGenerator<ChangesReport, SettledFolders<F>> {
  let folders = tracked
  for (let round = 1; round <= ROUNDS; round++) {
    const before = folders
    const changes = await readRound(graph, links, before)
    folders = before.map((folder, index) => ({
      ...knownBy(folder, changes[index]?.items ?? []),
      delta: changes[index]?.delta ?? folder.delta,
    }))
    if (changes.every(({ items }) => items.length === 0)) return { folders, verified: true }
    const read = changes.map(({ items }) => readItems(items))
    const removed = read.flatMap(({ gone }, index) => {
      const folder = folders[index]?.parent
      // Nothing that is recorded lies in a folder of which no contact was ever seen.
      return typeof folder === 'string' ? gone.map((id) => ({ id, folder })) : []
    })
    const upserted = read.flatMap(({ contacts }) => contacts)
    const skipped = read.flatMap(({ skipped }) => skipped)
    for (let start = 0; start === 0 || start < upserted.length; start += CHUNK) {
      const isLast = start + CHUNK >= upserted.length
      yield {
        type: 'changes.fetched',
        removed: start === 0 ? removed : [],
        upserted: upserted.slice(start, start + CHUNK),
        skipped: start === 0 ? skipped : [],
        cursor: cursorAt(isLast ? folders : before),
      }
    }
  }
  return { folders, verified: false }
}

const readRound = async (graph: GraphClient, links: GraphLinks, folders: readonly TrackedFolder[]) => {
  const lists = folderLinks(links, folders)
  const answers = await graph.followAll([...folders.map(({ delta }) => delta), ...lists])
  const listed = (
    await Promise.all(answers.slice(folders.length).map((answer) => foldersFrom(graph, answer)))
  ).flat()
  if (!areSame(folders, listed)) throw new StaleListing()
  return Promise.all(answers.slice(0, folders.length).map((answer) => readChanges(graph, links, answer)))
}

/** Whether the folders listed are those that are known; beta lists the default one as well. */
export const areSame = (known: readonly Folder[], listed: readonly Folder[]): boolean => {
  const main = known.find(({ id }) => id === null)?.parent
  const ids = new Set(listed.flatMap(({ id }) => (id === main ? [] : [id])))
  const others = known.filter(({ id }) => id !== null)
  return ids.size === others.length && others.every(({ id }) => ids.has(id))
}

/** All changes of one folder, each contact as it was told last, and the link to the next ones. */
const readChanges = async (
  graph: GraphClient,
  links: GraphLinks,
  first: PromiseSettledResult<unknown>,
): Promise<{ readonly items: readonly unknown[]; readonly delta: string }> => {
  const guard = pageGuard()
  const latest = new Map<unknown, unknown>()
  try {
    if (first.status === 'rejected') throw first.reason
    for (let page = readPage(first.value); ; page = readPage(await graph.follow(page.next))) {
      guard(page)
      for (const item of page.items) latest.set((item as { id?: unknown } | null)?.id ?? item, item)
      if (page.next !== null) continue
      if (page.delta === null) throw new StaleListing()
      return { items: await withWholeNotes(graph, links, [...latest.values()]), delta: page.delta }
    }
  } catch (error) {
    throw isLinkDead(error) || isFolderGone(error) ? new StaleListing(error) : error
  }
}
