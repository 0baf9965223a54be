import type { Envelope, EventData } from '../../src/domain/events.ts'

const SOURCE = 'microsoft365'
const PAGES = 10
const CONTACTS_A_PAGE = 1000
const TIME = '2026-01-01T00:00:00.000Z'

/**
 * The envelopes of a long history: a first import, then refreshes, of which some are cancelled and some fail.
 *
 * @param count number of envelopes; the last attempt may be in progress
 */
export const histories = (count: number): readonly Envelope[] => {
  const envelopes: Envelope[] = []
  for (let number = 1; envelopes.length < count; number++) {
    const attempt = `attempt-${number}`
    const add = <T extends keyof EventData>(type: T, data: EventData[T]) => {
      const position = envelopes.length + 1
      const envelope = {
        position,
        stream: SOURCE,
        version: 1,
        id: `event-${position}`,
        time: TIME,
        type,
        attempt,
        data,
      }
      envelopes.push(envelope as unknown as Envelope)
    }
    add('attempt.requested', { by: number === 1 ? 'signIn' : 'refresh', number })
    if (number === 1) add('consent.granted', { accountKey: 'key' })
    add('contacts.counted', { count: PAGES * CONTACTS_A_PAGE })
    const end = number % 7 === 0 ? 'failed' : number % 5 === 0 ? 'cancelled' : 'completed'
    for (let page = 1; page <= (end === 'completed' ? PAGES : PAGES / 2); page++)
      add('page.fetched', { page, contacts: CONTACTS_A_PAGE, skipped: {} })
    if (end === 'failed') add('attempt.failed', { code: 'offline' })
    else if (end === 'cancelled') add('attempt.cancelled', {})
    else add('attempt.completed', completion)
  }
  return envelopes.slice(0, count)
}

const completion: EventData['attempt.completed'] = {
  outcome: 'imported',
  imported: PAGES * CONTACTS_A_PAGE,
  available: PAGES * CONTACTS_A_PAGE,
  skipped: 0,
  incomplete: 0,
  added: 0,
  updated: 0,
  removed: 0,
  displaced: 0,
  verified: true,
}
