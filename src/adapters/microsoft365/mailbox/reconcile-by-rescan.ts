import type { SourceContact } from '../../../domain/contact.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import { readItems } from '../contact/read-items.ts'
import type { GraphClient } from '../graph/graph-client.ts'
import { fetchPresent } from './fetch-by-id.ts'
import { MailboxIndex } from './mailbox-index.ts'
import { ROUNDS, type ReconciledFolders } from './reconcile-by-delta.ts'
import { readFolders } from './discovery/read-folders.ts'
import { rescan, type ReadingOptions } from './rescan.ts'
import type { FolderPlan } from './cursor/resume-cursor.ts'
import type { MailboxUrls } from './urls.ts'

type ChangesReport = Extract<SourceReport, { type: 'changes.fetched' }>

/** The version of a contact that was seen but could not be fetched: any reading that sees it again differs. */
const NOT_FETCHED = ''

/** Contacts requested at once, and in one report. */
const CHUNK = 1000

/**
 * Readings in a row that have to agree, including the listing. Two do not suffice: a contact that was added while
 * pages were requested in parallel, and deleted during the second reading, can hide another one in both.
 */
const AGREEING = 3

export interface RescanOptions extends ReadingOptions {
  /** The contacts on the device. */
  readonly onDevice?: ReadonlyMap<string, SourceContact>
}

/**
 * For servers without deltas: reads all contacts again, by id and version only, until enough readings in a row agree
 * and no id came twice in any of them. The list then matches the mailbox, even if pages shifted (see
 * docs/import-engine.md). Contacts that differ are fetched by id and reported.
 *
 * Throws `RelistRequired` if a folder is new or gone.
 *
 * @param first what was listed; each reading is compared with the one before it
 */
export async function* reconcileByRescan(
  graph: GraphClient,
  urls: MailboxUrls,
  folders: readonly FolderPlan[],
  first: MailboxIndex,
  cursor: ChangesReport['cursor'],
  { onDevice, ...options }: RescanOptions = {},
): AsyncGenerator<ChangesReport, ReconciledFolders> {
  const read = readFolders(graph, urls, folders)
  let before = first
  let agreeing = first.hasDuplicates ? 0 : 1
  for (let round = 1; round <= ROUNDS; round++) {
    const now = await rescan(graph, urls, folders, options)
    const changed = now.changedSince(before)
    const missing = now.goneSince(before)
    // Contacts that a reading could not see stay as they were.
    if (now.hasGaps) for (const id of missing) now.versions.set(id, before.versions.get(id) ?? NOT_FETCHED)
    const gone = now.hasGaps ? [] : missing
    const isEqual = changed.length === 0 && gone.length === 0
    agreeing = now.hasDuplicates ? 0 : isEqual ? agreeing + 1 : 1
    if (agreeing >= AGREEING) return { folders, verified: options.doubts?.isEmpty ?? true }
    for (let start = 0; start === 0 || start < changed.length; start += CHUNK) {
      const ids = changed.slice(start, start + CHUNK)
      const unknown: string[] = []
      const onUnknown = (id: string) => unknown.push(id)
      const items = await fetchPresent(graph, urls, ids, { folders: read, onUnknown })
      // A contact that cannot be read stays as the device has it.
      const kept = unknown.flatMap((id) => (before.versions.has(id) ? [] : (onDevice?.get(id) ?? [])))
      const { contacts, skipped } = readItems(items)
      const removed = start === 0 ? gone.map((id) => ({ id })) : []
      // A fetched contact may be newer than the reading: the next reading is compared with the recorded state.
      const fetched = new MailboxIndex()
      fetched.add(items)
      for (const id of ids) now.versions.set(id, fetched.versions.get(id) ?? NOT_FETCHED)
      if (!isEqual)
        yield { type: 'changes.fetched', upserted: [...contacts, ...kept], removed, skipped, cursor }
    }
    before = now
  }
  return { folders, verified: false }
}
