import { describe, expect, test } from 'vitest'
import type { ListChange } from '../domain/compare-lists.ts'
import type { Fact } from '../domain/events.ts'
import { fact, story } from '../testing/sample-facts.ts'
import { given } from '../testing/given.ts'

const ignored = (report: string, attempt = 'a1') => [
  { type: 'report.ignored', stream: 'microsoft365', attempt, data: { report } },
]
const change = (more: Partial<ListChange>): ListChange => ({
  imported: 300,
  available: 300,
  skipped: 0,
  incomplete: 0,
  added: 0,
  updated: 0,
  removed: 0,
  displaced: 0,
  of: 300,
  ...more,
})
const finished = (more: Partial<ListChange>, verified = true) =>
  ({ type: 'listing.finished', cursor: 'c', verified, change: change(more), undo: null }) as const
const granted = (accountKey: string | null) =>
  ({ type: 'consent.granted', account: { id: 'x' }, accountKey }) as const
const refreshing = [...story.imported, fact.requested('refresh', 'a2', 2)]
const restarting = [...story.imported, fact.requested('restart', 'a2', 2)]

describe('a report that comes too late', () => {
  test('is ignored after the cancel; its type and attempt are recorded, but not its content', () => {
    expect(given(...story.cancelled).whenReported(granted('key'))).toEqual(ignored('consent.granted'))
    expect(given(...story.cancelled).whenReported({ type: 'sign-in.answered' })).toEqual(
      ignored('sign-in.answered'),
    )
  })
  test('is ignored when it belongs to an earlier attempt, or to the time before a sign-out', () => {
    expect(given(...restarting).whenReported(granted('key'), 'a1')).toEqual(ignored('consent.granted'))
    expect(given(...story.fetching, fact.signedOut()).whenReported(granted('key'))).toEqual(
      ignored('consent.granted'),
    )
  })
  test('is ignored if the state does not wait for it', () => {
    const page = { type: 'page.fetched', contacts: [], skipped: [], cursor: null } as const
    expect(given(...story.consenting).whenReported(page)).toEqual(ignored('page.fetched'))
    expect(given(...story.fetching).whenReported(granted('key'))).toEqual(ignored('consent.granted'))
    expect(given(...story.imported).whenReported(finished({}))).toEqual(ignored('listing.finished'))
  })
})

describe('consent', () => {
  test('puts the name of the account in the payload, not in the envelope', () => {
    const [event] = given(...story.consenting).whenReported(granted('key'))
    expect(event).toMatchObject({ data: { accountKey: 'key' }, payload: { account: { id: 'x' } } })
  })
  test('of another account fails while there is a list', () => {
    expect(given(...restarting).whenReported(granted('other'), 'a2')).toMatchObject([
      { type: 'attempt.failed', data: { code: 'different-account' } },
    ])
    expect(given(...restarting).whenReported(granted('key'), 'a2')).toMatchObject([
      { type: 'consent.granted' },
    ])
  })
  test('access to an account other than the linked one fails before any of its contacts arrive', () => {
    const found = (accountKey: string | null) =>
      given(...refreshing).whenReported({ type: 'access.found', account: { id: 'x' }, accountKey }, 'a2')
    expect(found('other')).toMatchObject([{ type: 'attempt.failed', data: { code: 'different-account' } }])
    expect(found('key')).toEqual([])
    expect(found(null)).toEqual([])
  })
  test('of another account is accepted if no list was ever completed', () => {
    const again = [...story.fetching, fact.cancelled(), fact.requested('restart', 'a2', 2)]
    expect(given(...again).whenReported(granted('other'), 'a2')).toMatchObject([{ type: 'consent.granted' }])
  })
  test('by an access token file whose account is unknown keeps the account key of the list', () => {
    expect(given(...restarting).whenReported(granted(null), 'a2')).toMatchObject([
      { type: 'consent.granted', data: { accountKey: 'key' } },
    ])
  })
})

describe('a page', () => {
  test('is numbered after the last one, whatever it contains, and counts skipped contacts by reason', () => {
    const skipped = [{ reason: 'no-id' }, { reason: 'no-id' }, { reason: 'malformed-field' }] as const
    const page = { type: 'page.fetched', contacts: [], skipped, cursor: 'c' } as const
    const removed = [{ id: 'a' }, { id: 'b' }]
    const changes = { type: 'changes.fetched', upserted: [], removed, skipped: [], cursor: 'c' } as const
    const pages = given(...story.fetching, fact.counted(), fact.page(1), fact.page(2))
    expect(pages.whenReported(page)).toMatchObject([
      {
        data: { page: 3, contacts: 0, skipped: { 'no-id': 2, 'malformed-field': 1 } },
        payload: { cursor: 'c' },
      },
    ])
    expect(pages.whenReported(changes)).toMatchObject([
      { data: { page: 3, upserted: 0, removed: 2, skipped: {} }, payload: { removed } },
    ])
  })
})

describe('the count of the source', () => {
  test('of 0 is a count', () => {
    expect(given(...story.fetching).whenReported({ type: 'contacts.counted', count: 0 })).toMatchObject([
      { type: 'contacts.counted', data: { count: 0 } },
    ])
  })
  test.each([
    [2_147_483_646, 'contacts.counted'],
    [2_147_483_647, 'contacts.counted'],
    [2_147_483_648, 'attempt.failed'],
  ])('of %i gives %s', (count, type) => {
    expect(given(...story.fetching).whenReported({ type: 'contacts.counted', count })).toMatchObject([
      { type },
    ])
  })
  test.each([-1, null, 1.5, Number.NaN])('of %s counts as unknown, not as a failure', (count) => {
    expect(given(...story.fetching).whenReported({ type: 'contacts.counted', count })).toMatchObject([
      { type: 'contacts.counted', data: { count: null } },
    ])
  })
})

describe('the end of the listing', () => {
  test('is imported at exactly the limit, and capped beyond it', () => {
    const end = (available: number) =>
      given(...story.fetching).whenReported(finished({ imported: 10_000, available }))
    expect(end(10_000)).toMatchObject([{ type: 'attempt.completed', data: { outcome: 'imported' } }])
    expect(end(10_001)).toMatchObject([{ type: 'attempt.completed', data: { outcome: 'capped' } }])
  })
  test('counts what the source did not report, because it would not fit', () => {
    const report = {
      ...finished({ imported: 10_000, available: 10_500, skipped: 2 }),
      beyond: { contacts: 900_000, skipped: 3 },
    }
    expect(given(...story.fetching).whenReported(report)).toMatchObject([
      {
        type: 'attempt.completed',
        data: { outcome: 'capped', imported: 10_000, available: 910_500, skipped: 5 },
      },
    ])
    const only = { ...finished({ imported: 500, available: 500 }), beyond: { contacts: 1, skipped: 0 } }
    expect(given(...story.fetching).whenReported(only)).toMatchObject([
      { data: { outcome: 'capped', available: 501 } },
    ])
  })
  test.each([
    [50, 100, 'attempt.completed'],
    [51, 100, 'removal.held'],
    [60, 300, 'attempt.completed'],
    [61, 300, 'removal.held'],
  ])('with %i of %i contacts removed gives %s', (removed, of, type) => {
    expect(given(...refreshing).whenReported(finished({ removed, of }), 'a2')).toMatchObject([{ type }])
  })
  test('reports how many contacts the list lacks, not how many this attempt skipped', () => {
    const page = { ...fact.page(), data: { page: 1, contacts: 3, skipped: { 'no-id': 2 } } } as Fact
    expect(given(...story.fetching, page).whenReported(finished({ skipped: 7 }))).toMatchObject([
      { data: { skipped: 7 } },
    ])
  })
  test('puts the undo in the payload, not in the envelope', () => {
    const undo = { added: ['new'], replaced: [] }
    const [event] = given(...refreshing).whenReported({ ...finished({}), undo }, 'a2')
    expect(event).toMatchObject({ type: 'attempt.completed', payload: { cursor: 'c', undo } })
    expect(JSON.stringify(event?.data)).not.toContain('new')
  })
  test('reports that the source kept changing', () => {
    expect(given(...story.fetching).whenReported(finished({}, false))).toMatchObject([
      { data: { verified: false } },
    ])
  })
})

describe('a failure', () => {
  const forbidden = { type: 'failure', code: 'permission-missing', details: { requestId: 'r' } } as const
  test('of permission is permission-removed after a list was read, and permission-missing before', () => {
    expect(given(...story.fetching).whenReported(forbidden)).toMatchObject([
      { data: { code: 'permission-missing' } },
    ])
    expect(given(...refreshing).whenReported(forbidden, 'a2')).toMatchObject([
      { data: { code: 'permission-removed', requestId: 'r' } },
    ])
  })
  test('of any other kind keeps its code, even after a list was read', () => {
    const offline = { type: 'failure', code: 'offline', details: {} } as const
    expect(given(...refreshing).whenReported(offline, 'a2')).toMatchObject([{ data: { code: 'offline' } }])
  })
  test('of permission at the sign-in is permission-missing, even if there is a list', () => {
    expect(given(...restarting).whenReported(forbidden, 'a2')).toMatchObject([
      { data: { code: 'permission-missing' } },
    ])
  })
})
