import { describe, expect, it } from 'vitest'
import type { ListChange } from '../domain/compare-lists.ts'
import type { Contact, SkippedContact } from '../domain/contact.ts'
import type { Fact } from '../domain/events.ts'
import { sampleContact, sampleContacts } from '../testing/sample-contacts.ts'
import { completion, fact, story } from '../testing/sample-facts.ts'
import { given } from '../testing/given.ts'
import { CHECKPOINT_PAGE, decideCheckpoint } from './decide-checkpoint.ts'
import { allowedCommands } from './decide-command.ts'
import { decideReport } from './decide-report.ts'
import type { EnrichedReport } from './decide-report.ts'

/** Compares each fact in full: an envelope is stored permanently, and so would be a wrong count or an extra field. */
const about = { stream: 'microsoft365', attempt: 'a1' } as const
const skipped: readonly SkippedContact[] = [
  { reason: 'no-id' },
  { reason: 'malformed-field', id: 'x' },
  { reason: 'no-id' },
]
const skips = { 'no-id': 2, 'malformed-field': 1 }
const change: ListChange = {
  imported: 5,
  available: 6,
  skipped: 1,
  incomplete: 2,
  added: 2,
  updated: 3,
  removed: 4,
  displaced: 1,
  of: 9,
}
const account = { id: 'person' }
const reports = {
  'sign-in.answered': { type: 'sign-in.answered' },
  'consent.granted': { type: 'consent.granted', account, accountKey: 'key' },
  'access.found': { type: 'access.found', account, accountKey: 'key' },
  'contacts.counted': { type: 'contacts.counted', count: 3 },
  'page.fetched': { type: 'page.fetched', contacts: sampleContacts(2), skipped, cursor: 'next' },
  'changes.fetched': {
    type: 'changes.fetched',
    upserted: sampleContacts(2),
    removed: [{ id: 'r' }],
    skipped,
    cursor: 'next',
  },
  'listing.finished': { type: 'listing.finished', cursor: 'delta', verified: true, change, undo: null },
  failure: { type: 'failure', code: 'throttled', details: { status: 429 } },
} as const satisfies { readonly [T in EnrichedReport['type']]: Extract<EnrichedReport, { type: T }> }

describe('the facts of a report', () => {
  const fetching = [...story.fetching, fact.counted(), fact.page()]

  it('number a page after the previous one, and count its contacts and skipped contacts', () => {
    const { contacts, cursor } = reports['page.fetched']
    expect(given(...fetching).whenReported(reports['page.fetched'])).toEqual([
      {
        ...about,
        type: 'page.fetched',
        data: { page: 2, contacts: 2, skipped: skips },
        payload: { contacts, skipped, cursor },
      },
    ])
  })

  it('number changes like pages', () => {
    const { upserted, removed, cursor } = reports['changes.fetched']
    expect(given(...fetching).whenReported(reports['changes.fetched'])).toEqual([
      {
        ...about,
        type: 'changes.fetched',
        data: { page: 2, upserted: 2, removed: 1, skipped: skips },
        payload: { upserted, removed, skipped, cursor },
      },
    ])
  })

  it('contain the count of the source', () => {
    const counted = (count: number) => given(...fetching).whenReported({ type: 'contacts.counted', count })
    expect(counted(0)).toEqual([{ ...about, type: 'contacts.counted', data: { count: 0 } }])
    expect(counted(2_147_483_648)).toEqual([
      { ...about, type: 'attempt.failed', data: { code: 'too-many-contacts' } },
    ])
  })

  it('contain the whole comparison at the end, and no undo if nothing changed', () => {
    const { of: _, ...counts } = change
    expect(given(...fetching).whenReported(reports['listing.finished'])).toEqual([
      {
        ...about,
        type: 'attempt.completed',
        data: { ...counts, outcome: 'capped', verified: true },
        payload: { cursor: 'delta' },
      },
    ])
  })

  it('contain the folder names in the payload, never in the envelope', () => {
    const folders = [{ id: 'f', name: 'Clients' }]
    const large = { ...change, removed: 60, of: 100 }
    for (const report of [reports['listing.finished'], { ...reports['listing.finished'], change: large }]) {
      const [decided] = given(...fetching).whenReported({ ...report, folders })
      expect(decided?.payload).toEqual({ cursor: 'delta', folders })
      expect(JSON.stringify(decided?.data)).not.toContain('Clients')
    }
  })

  it('contain a held removal with the result of the attempt and the undo', () => {
    const undo = { added: [], replaced: [] }
    const large = { ...change, imported: 6, removed: 60, of: 100 }
    const { of: _, ...counts } = large
    expect(given(...fetching).whenReported({ ...reports['listing.finished'], change: large, undo })).toEqual([
      {
        ...about,
        type: 'removal.held',
        data: { removes: 60, of: 100, completion: { ...counts, outcome: 'imported', verified: true } },
        payload: { cursor: 'delta', undo },
      },
    ])
  })

  it('contain a failure with its details', () => {
    expect(given(...fetching).whenReported(reports.failure)).toEqual([
      { ...about, type: 'attempt.failed', data: { code: 'throttled', status: 429 } },
    ])
    expect(given(...story.consenting).whenReported(reports.failure)).toHaveLength(1)
  })

  it('contain the account of a consent in the payload only', () => {
    expect(given(...story.consenting).whenReported(reports['consent.granted'])).toEqual([
      { ...about, type: 'consent.granted', data: { accountKey: 'key' }, payload: { account } },
    ])
  })

  it('are empty for an answered sign-in', () => {
    expect(given(...story.consenting).whenReported(reports['sign-in.answered'])).toEqual([])
  })
})

describe('a token whose account is unknown', () => {
  const hidden = { type: 'consent.granted', account: { id: null }, accountKey: null } as const

  it('counts as a token of the account of the list', () => {
    const facts = [...story.imported, fact.requested('restart', 'a2', 2)]
    expect(given(...facts).whenReported(hidden, 'a2')).toMatchObject([{ data: { accountKey: 'key' } }])
  })

  it('stays without an account if there is no list', () => {
    const facts = [...story.fetching, fact.cancelled(), fact.requested('restart', 'a2', 2)]
    expect(given(...facts).whenReported(hidden, 'a2')).toMatchObject([{ data: { accountKey: null } }])
  })

  it('leaves the account of the list unknown until it is found', () => {
    const facts = [fact.requested(), fact.granted('a1', null)]
    expect(given(...facts).whenReported(reports['access.found'])).toEqual([])
  })
})

describe('reports that a state waits for', () => {
  const types = Object.keys(reports) as EnrichedReport['type'][]
  const ignored = (type: string) => [{ ...about, type: 'report.ignored', data: { report: type } }]
  const awaited: Readonly<Record<keyof typeof story, readonly EnrichedReport['type'][]>> = {
    consenting: ['sign-in.answered', 'consent.granted', 'failure'],
    fetching: [
      'access.found',
      'contacts.counted',
      'page.fetched',
      'changes.fetched',
      'listing.finished',
      'failure',
    ],
    imported: [],
    capped: [],
    failed: [],
    cancelled: [],
  }

  it.each(Object.entries(awaited))('are accepted, and all others are ignored: %s', (state, wanted) => {
    const facts = story[state as keyof typeof story]
    for (const type of types) {
      const decided = given(...facts).whenReported(reports[type])
      if (wanted.includes(type)) expect(decided).not.toEqual(ignored(type))
      else expect(decided).toEqual(ignored(type))
    }
  })

  it('are none if the source was never linked', () => {
    for (const type of types)
      expect(decideReport('microsoft365', 'a1', reports[type], undefined)).toEqual(ignored(type))
  })
})

describe('the facts of a command', () => {
  it('end the cancelled attempt', () => {
    expect(given(...story.fetching).when('cancel')).toEqual({
      ok: true,
      facts: [{ ...about, type: 'attempt.cancelled', data: {} }],
    })
  })

  it('fail an abandoned attempt before the next one begins', () => {
    expect(given(...story.fetching).when('restart')).toEqual({
      ok: true,
      facts: [
        { ...about, type: 'attempt.failed', data: { code: 'interrupted' } },
        {
          stream: 'microsoft365',
          attempt: 'next',
          type: 'attempt.requested',
          data: { by: 'restart', number: 2 },
        },
      ],
    })
  })

  it('approve the held removal, for the attempt that held it', () => {
    expect(given(...story.fetching, fact.held()).when('approveRemoval')).toEqual({
      ok: true,
      facts: [{ ...about, type: 'removal.approved', data: completion({ imported: 200, removed: 100 }) }],
    })
  })

  it('sign out of a source, with or without an attempt', () => {
    expect(given(...story.imported).when('signOut')).toEqual({
      ok: true,
      facts: [{ stream: 'microsoft365', attempt: null, type: 'account.signed-out', data: {} }],
    })
  })
})

describe('the commands that are allowed now', () => {
  const context = { runner: 'here', storeIsNewer: false, nothingLeft: false, key: 'ready' } as const

  it('are listed, with the refusal of each other command', () => {
    expect(allowedCommands('microsoft365', {}, context)).toEqual({
      signIn: null,
      restart: 'nothing-to-restart',
      refresh: 'nothing-to-refresh',
      cancel: 'nothing-running',
      approveRemoval: 'nothing-held',
      signOut: null,
    })
    expect(allowedCommands('microsoft365', given(...story.fetching).accounts, context)).toEqual({
      signIn: 'already-running',
      restart: 'already-running',
      refresh: 'already-running',
      cancel: null,
      approveRemoval: 'nothing-held',
      signOut: null,
    })
  })

  it('include no approval once the attempt that held the removal is over', () => {
    const approved = { ...fact.completed(), type: 'removal.approved' } as Fact
    expect(given(...story.fetching, fact.held(), approved).when('approveRemoval')).toEqual({
      ok: false,
      refusal: 'nothing-held',
    })
  })
})

describe('the pages of a checkpoint', () => {
  const byId = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))
  const standing = {
    contacts: byId([sampleContact('a')]),
    beyond: new Map<string, Contact>(),
    skipped: Array.from(
      { length: CHECKPOINT_PAGE + 1 },
      (_, at) => ({ reason: 'no-id', id: `${at}` }) as const,
    ),
    account: null,
    cursor: null,
    folders: [{ id: 'f', name: null }],
    staged: null,
    changed: 10_000,
    pending: null,
  }

  it('are as many as the skipped contacts fill, if that is more', () => {
    expect(decideCheckpoint('outlook', standing)).toEqual({
      type: 'list.checkpointed',
      stream: 'outlook',
      attempt: null,
      data: { page: 1, of: 2, contacts: 1 },
      payload: {
        contacts: [sampleContact('a')],
        skipped: standing.skipped.slice(0, CHECKPOINT_PAGE),
        account: null,
        cursor: null,
        folders: [{ id: 'f', name: null }],
      },
    })
    expect(decideCheckpoint('outlook', { ...standing, pending: { page: 1, of: 2 } })).toMatchObject({
      data: { page: 2, of: 2, contacts: 0 },
      payload: { contacts: [], skipped: standing.skipped.slice(CHECKPOINT_PAGE) },
    })
  })
})
