import type { SourceReport } from '../../../domain/reports.ts'
import { readItems } from '../contact/read-items.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { type ReconciledFolders, ROUNDS } from './reconcile-by-delta.ts'
import { fetchPresent, rescan } from './rescan.ts'
import type { FolderPlan } from './resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

type ChangesReport = Extract<SourceReport, { type: 'changes.fetched' }>

/** The version of what was seen and could not be had: a look that sees it again differs. */
const NOT_HAD = ''

/** Contacts asked for at once, and in one report. */
const CHUNK = 1000

/**
 * Readings in a row that have to agree, the listing included. Two do not suffice: a contact that was added while
 * pages were on their way side by side, and deleted during the second reading, can hide another one in both.
 */
const AGREEING = 3

/**
 * Where a server knows no deltas: looks at all contacts again, by id and version only, until as many readings in a
 * row agree as it takes, in none of which an id came twice. The mailbox then was like that, however the pages shifted
 * (see docs/import-engine.md). What differs is fetched by its id and reported.
 *
 * Throws `StaleListing` where a folder is new or gone.
 *
 * @param first what was listed; the result of each look is compared with the one before
 */
export async function* reconcileByRescan(
  graph: GraphClient,
  links: MailboxUrls,
  folders: readonly FolderPlan[],
  first: MailboxIndex,
  cursor: ChangesReport['cursor'],
): AsyncGenerator<ChangesReport, ReconciledFolders> {
  let before = first
  let agreeing = first.hasDuplicates ? 0 : 1
  for (let round = 1; round <= ROUNDS; round++) {
    const now = await rescan(graph, links, folders)
    const changed = now.changedSince(before)
    const gone = now.goneSince(before)
    const isEqual = changed.length === 0 && gone.length === 0
    agreeing = now.hasDuplicates ? 0 : isEqual ? agreeing + 1 : 1
    if (agreeing >= AGREEING) return { folders, verified: true }
    for (let start = 0; start === 0 || start < changed.length; start += CHUNK) {
      const ids = changed.slice(start, start + CHUNK)
      const items = await fetchPresent(graph, links, ids)
      const { contacts, skipped } = readItems(items)
      const removed = start === 0 ? gone.map((id) => ({ id })) : []
      // What was fetched may be newer than what was seen: the next look compares with what is recorded.
      const fetched = new MailboxIndex()
      fetched.add(items)
      for (const id of ids) now.versions.set(id, fetched.versions.get(id) ?? NOT_HAD)
      if (!isEqual) yield { type: 'changes.fetched', upserted: contacts, removed, skipped, cursor }
    }
    before = now
  }
  return { folders, verified: false }
}
