import type { Completion } from '../domain/events.ts'
import { CONTACT_LIMIT } from '../domain/limit.ts'
import type { AccountEvent, AccountSnapshot } from '../machines/linked-account.ts'
import { completion } from './sample-facts.ts'

/** Sizes of the model's small mailbox, and of the same mailbox after a large removal. */
export const MODEL_CONTACTS = { few: 100, left: 20 } as const

/**
 * Three attempts are needed: only the third can be a refresh after a cancelled refresh. Within the third, no event is
 * possible that the second did not already cover.
 */
const bounds = { attempts: 3, pages: 1 } as const

const TIME = '2026-01-01T00:00:00.000Z'

/**
 * The events that may come next, for path generators: `createTestModel(linkedAccount, { events: modelEvents })`.
 * Within the bounds, this is every event that the rules allow in this state. The other types come without an attempt, so
 * that the machine rejects them: otherwise a generator would try a missing type as a bare `{ type }`.
 */
export const modelEvents = (snapshot: AccountSnapshot): AccountEvent[] =>
  variants(snapshot).map((event) =>
    isWithinBounds(snapshot, event) && isPossible(snapshot, event) && snapshot.can(event)
      ? event
      : { ...event, attempt: null },
  )

const variants = ({ context, value }: AccountSnapshot): AccountEvent[] => {
  const attempt = context.attempt?.id ?? null
  const number = (context.attempt?.number ?? 0) + 1
  const about = { attempt, time: TIME }
  const requested = (by: 'signIn' | 'restart' | 'refresh'): AccountEvent => ({
    type: 'attempt.requested',
    attempt: `a${number}`,
    time: TIME,
    data: { by, number },
  })
  const page = context.counts.pages + 1
  const standing = context.list?.count ?? 0
  return [
    requested('signIn'),
    requested('restart'),
    requested('refresh'),
    { ...about, type: 'consent.granted', data: { accountKey: 'key' } },
    { ...about, type: 'contacts.counted', data: { count: MODEL_CONTACTS.few } },
    { ...about, type: 'page.fetched', data: { page, contacts: MODEL_CONTACTS.few, skipped: {} } },
    { ...about, type: 'changes.fetched', data: { page, upserted: 1, removed: 0, skipped: {} } },
    { ...about, type: 'attempt.completed', data: whole(standing) },
    { ...about, type: 'attempt.completed', data: beyondLimit },
    {
      ...about,
      type: 'removal.held',
      data: { removes: standing - MODEL_CONTACTS.left, of: standing, completion: left },
    },
    { ...about, type: 'removal.held', data: { removes: standing, of: standing, completion: beyondLimit } },
    {
      ...about,
      type: 'attempt.failed',
      data: { code: value === 'consenting' ? 'consent-declined' : 'permission-missing' },
    },
    { ...about, type: 'attempt.cancelled', data: {} },
    { ...about, type: 'removal.approved', data: context.held?.completion ?? left },
    { attempt: null, time: TIME, type: 'account.signed-out', data: {} },
  ]
}

/** A listing of the small mailbox, or of a full one if the list is full. */
const whole = (standing: number): Completion => {
  const imported = standing === CONTACT_LIMIT ? CONTACT_LIMIT : MODEL_CONTACTS.few
  return completion({ imported, available: imported })
}

const beyondLimit = completion({ outcome: 'capped', imported: CONTACT_LIMIT, available: CONTACT_LIMIT + 1 })

const left = completion({ imported: MODEL_CONTACTS.left, available: MODEL_CONTACTS.left })

const isWithinBounds = ({ context }: AccountSnapshot, event: AccountEvent): boolean => {
  if (event.type === 'page.fetched' || event.type === 'changes.fetched')
    return event.data.page <= bounds.pages
  return (context.attempt?.number ?? 0) < bounds.attempts
}

/** Whether `decide` can lead to this event: the machine alone would accept more. */
const isPossible = ({ context }: AccountSnapshot, event: AccountEvent): boolean => {
  const { list, counts } = context
  switch (event.type) {
    case 'contacts.counted':
      return counts.expected === null && counts.pages === 0
    case 'page.fetched':
      return counts.expected !== null
    case 'changes.fetched':
      // Changes need a current list, and no count before them: a count begins a listing that replaces the list.
      return list !== null && !list.capped && counts.expected === null
    case 'attempt.completed':
      return counts.expected === null
        ? counts.pages > 0 && event.data.outcome === 'imported'
        : counts.pages > 0
    case 'removal.held':
      return list !== null && counts.expected !== null && counts.pages > 0
    default:
      return true
  }
}
