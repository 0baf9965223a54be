import { continuesCheckpoint } from '../domain/checkpoint.ts'
import type { PendingCheckpoint } from '../domain/checkpoint.ts'
import type { RecordedEvent, SkipCounts } from '../domain/events.ts'
import type { Source } from '../domain/source.ts'

/** An event that recorded contacts, with its position and their number. */
export interface RecordedPages {
  readonly position: number
  readonly contacts: number
}

/** The events from which the list of one source is built, derived from envelopes alone. */
export interface CompactionBasis {
  /** Pages and changes before this position are obsolete, because a newer checkpoint or listing replaced them. */
  readonly from: number
  /** Number of contacts in the changes since then. */
  readonly changed: number
  /** The recorded events since then, and those that they replaced. */
  readonly recorded: readonly RecordedPages[]
  readonly replaced: readonly RecordedPages[]
  /** The checkpoint being written, with the positions of its first and last page. */
  readonly pending: (PendingCheckpoint & { readonly from: number; readonly last: number }) | null
  readonly attempt: {
    readonly listedFrom: number | null
    readonly isOnList: boolean
    readonly changed: number
  }
}

export type CompactionBases = Readonly<Partial<Record<Source, CompactionBasis>>>

export const noCompactionBases: CompactionBases = {}

const nothing = { listedFrom: null, isOnList: false, changed: 0 }

const emptyBasis: CompactionBasis = {
  from: 0,
  changed: 0,
  recorded: [],
  replaced: [],
  pending: null,
  attempt: nothing,
}

export const foldCompactionBases = (
  bases: CompactionBases,
  event: Omit<RecordedEvent, 'payload'>,
): CompactionBases => {
  const basis = bases[event.stream] ?? emptyBasis
  const folded = foldBasis(basis, event as RecordedEvent)
  return folded === basis ? bases : { ...bases, [event.stream]: folded }
}

const foldBasis = (standing: CompactionBasis, event: RecordedEvent): CompactionBasis => {
  const { position } = event
  if (event.type === 'report.ignored' || event.type === 'identity.decided') return standing
  if (event.type === 'list.checkpointed') {
    const { page, of, contacts } = event.data
    const basis = withPages(standing, position, contacts)
    if (!continuesCheckpoint(standing.pending, { page, of })) return { ...basis, pending: null }
    const from = page === 1 ? position : (standing.pending?.from ?? position)
    return page < of ? { ...basis, pending: { page, of, from, last: position } } : rebased(basis, from, 0)
  }
  const basis = standing.pending ? { ...standing, pending: null } : standing
  const { attempt } = basis
  switch (event.type) {
    case 'attempt.requested':
    case 'attempt.failed':
    case 'attempt.cancelled':
      return { ...basis, attempt: nothing }
    case 'account.signed-out':
      return emptyBasis
    case 'contacts.counted':
      return { ...basis, attempt: { ...nothing, listedFrom: position } }
    case 'page.fetched': {
      const listedFrom = attempt.listedFrom ?? (attempt.isOnList ? null : position)
      return withPages({ ...basis, attempt: { ...attempt, listedFrom } }, position, event.data.contacts)
    }
    case 'changes.fetched': {
      const { upserted, removed, skipped } = event.data
      const changed = attempt.changed + upserted + removed + sum(skipped)
      const isOnList = attempt.listedFrom === null
      return withPages({ ...basis, attempt: { ...attempt, isOnList, changed } }, position, upserted)
    }
    case 'attempt.completed':
    case 'removal.approved': {
      const { listedFrom, changed } = attempt
      const completed = { ...basis, attempt: nothing }
      return listedFrom === null
        ? { ...completed, changed: basis.changed + changed }
        : rebased(completed, listedFrom, changed)
    }
    case 'consent.granted':
    case 'removal.held':
      return basis
  }
}

const withPages = (basis: CompactionBasis, position: number, contacts: number): CompactionBasis => ({
  ...basis,
  recorded: [...basis.recorded, { position, contacts }],
})

const rebased = (basis: CompactionBasis, from: number, changed: number): CompactionBasis => ({
  ...basis,
  from,
  changed,
  pending: null,
  recorded: basis.recorded.filter(({ position }) => position >= from),
  replaced: basis.recorded.filter(({ position }) => position < from),
})

const sum = (counts: SkipCounts) => Object.values(counts).reduce((total, count) => total + count, 0)
