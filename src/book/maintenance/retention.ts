import type { EventType } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import type { PayloadDrop } from '../../ports/event-store.ts'
import type { BookState } from '../log/book-state.ts'

/** Contacts in one drop. Overwriting a whole list in one step would block everything else. */
const STEP = 1_000

const DAY_MS = 24 * 60 * 60 * 1000

const contents: readonly EventType[] = ['page.fetched', 'changes.fetched', 'list.checkpointed']
const undos: readonly EventType[] = ['attempt.completed', 'removal.held']

/**
 * The payloads that became obsolete when the list was last written as a whole, in steps: the contents of earlier lists
 * and the undos that restore them, if they are older than the retention. Each step includes the earlier steps.
 */
export const expiredPayloadDrops = (
  source: Source,
  { compaction, lists }: Pick<BookState, 'compaction' | 'lists'>,
  now: Date,
  retentionDays: number,
): readonly PayloadDrop[] => {
  const basis = compaction[source]
  // The earlier lists may still help to repair a list that cannot be read.
  if (!basis || basis.replaced.length === 0 || lists[source]?.unreadable) return []
  const steps: PayloadDrop[] = []
  let contacts = 0
  for (const [index, { position, contacts: more }] of basis.replaced.entries()) {
    contacts += more
    if (contacts < STEP && index < basis.replaced.length - 1) continue
    steps.push({ stream: source, types: contents, before: position + 1 })
    contacts = 0
  }
  const until = new Date(now.getTime() - retentionDays * DAY_MS).toISOString()
  return [...steps, { stream: source, types: undos, before: basis.from, until }]
}
