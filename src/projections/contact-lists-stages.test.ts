import { describe, expect, it } from 'vitest'
import type { Contact, SkippedContact } from '../domain/contact.ts'
import type { Fact, PayloadOf, RecordedEvent } from '../domain/events.ts'
import type { Json } from '../domain/reports.ts'
import { sampleContact, sampleContacts } from '../testing/sample-contacts.ts'
import { fact, recorded } from '../testing/sample-facts.ts'
import { contactListsWithin, emptyList, knownMailbox, noContactLists } from './contact-lists.ts'
import type { ContactList } from './contact-lists.ts'

const LIMIT = 4
const fold = contactListsWithin(LIMIT)

/** A fact whose payload the medium lost, as the store returns it. */
const lost = (each: Fact): Fact => ({ ...dropped(each), ...{ unreadable: 'damaged' as const } })
const dropped = (each: Fact): Fact => ({ ...each, payload: null })

const listsOf = (facts: readonly Fact[]) => recorded(facts).reduce(fold, noContactLists)
const listOf = (...facts: readonly Fact[]): ContactList => {
  const { microsoft365 } = listsOf(facts)
  if (!microsoft365) throw new Error('nothing was recorded')
  return microsoft365
}
const ids = ({ contacts }: { contacts: ReadonlyMap<string, Contact> | null }) => [...(contacts?.keys() ?? [])]
const at = (position: number) => recorded(Array<Fact>(position).fill(fact.signedOut())).at(-1)?.time

const about = { stream: 'microsoft365', attempt: 'a1' } as const
const granted = (id: string | null): Fact => ({
  ...about,
  type: 'consent.granted',
  data: { accountKey: null },
  payload: id === null ? null : { account: { id } },
})
const page = (
  contacts: readonly Contact[],
  cursor: Json = null,
  skipped: readonly SkippedContact[] = [],
): Fact => ({
  ...about,
  type: 'page.fetched',
  data: { page: 1, contacts: contacts.length, skipped: {} },
  payload: { contacts, skipped, cursor },
})
const changes = (payload: Partial<PayloadOf<'changes.fetched'>>): Fact => ({
  ...about,
  type: 'changes.fetched',
  data: { page: 1, upserted: 0, removed: 0, skipped: {} },
  payload: { upserted: [], removed: [], skipped: [], cursor: null, ...payload },
})
const completed = (cursor: Json = null): Fact => ({ ...fact.completed(), payload: { cursor } }) as Fact
const held = (cursor: Json = null): Fact => ({ ...fact.held(), payload: { cursor } }) as Fact
const approved = { ...fact.completed(), type: 'removal.approved' } as Fact
const checkpoint = (
  number: number,
  of: number,
  payload: Partial<PayloadOf<'list.checkpointed'>> = {},
): Fact => ({
  stream: 'microsoft365',
  attempt: null,
  type: 'list.checkpointed',
  data: { page: number, of, contacts: payload.contacts?.length ?? 0 },
  payload: { contacts: [], skipped: [], account: { id: 'person' }, cursor: 'later', ...payload },
})

const three = sampleContacts(3)
const unread: SkippedContact = { id: 'u', reason: 'malformed-field' }
const listing = [
  fact.requested(),
  granted('person'),
  fact.counted(),
  page(three, 'next', [unread]),
  completed('delta'),
]

describe('the contacts that an attempt fetches', () => {
  it('are null at first, so that changes alone build on the current list', () => {
    expect(listOf(fact.requested()).staged).toEqual({
      attempt: 'a1',
      contacts: null,
      skipped: [],
      account: null,
      resumeFrom: null,
      lastPageAt: null,
      cursor: null,
      folders: [],
    })
  })

  it('are staged with the cursor and the time, so that a later process can continue', () => {
    const { contacts, staged } = listOf(...listing.slice(0, 4))
    expect(contacts.size).toBe(0)
    expect(staged).toMatchObject({
      resumeFrom: 'next',
      lastPageAt: at(4),
      skipped: [unread],
      account: { id: 'person' },
    })
    expect(ids(staged!)).toEqual(['c1', 'c2', 'c3'])
  })

  it('become the list in one step', () => {
    expect(listOf(...listing)).toEqual({
      contacts: new Map(three.map((contact) => [contact.id, contact])),
      beyond: new Map(),
      skipped: [unread],
      account: { id: 'person' },
      cursor: 'delta',
      folders: [],
      staged: null,
      pending: null,
    })
  })

  it('are void if the listing restarts, but the account stays', () => {
    const { staged } = listOf(...listing.slice(0, 4), fact.counted())
    expect(staged).toEqual({
      attempt: 'a1',
      contacts: new Map(),
      skipped: [],
      account: { id: 'person' },
      resumeFrom: null,
      lastPageAt: null,
      cursor: null,
      folders: [],
    })
  })

  it('are an empty list if a complete listing finds none', () => {
    const list = listOf(...listing, fact.requested(), fact.counted(0), completed())
    expect([list.contacts.size, list.skipped.length]).toEqual([0, 0])
  })

  it.each([
    ['failed', fact.failed()],
    ['was cancelled', fact.cancelled()],
  ])('have no effect if the attempt %s', (_, end) => {
    const refresh = [fact.requested(), changes({ removed: [{ id: 'c1' }], upserted: [sampleContact('new')] })]
    expect(listOf(...listing, ...refresh, end)).toEqual(listOf(...listing))
  })

  it('build on the list and the skipped contacts, without changing them before the end', () => {
    const list = listOf(...listing, fact.requested(), changes({ removed: [{ id: 'c1' }], cursor: 'after' }))
    expect(ids(list)).toEqual(['c1', 'c2', 'c3'])
    expect(list.staged).toMatchObject({ skipped: [unread], resumeFrom: 'after', lastPageAt: at(7) })
    expect(ids(list.staged!)).toEqual(['c2', 'c3'])
  })

  it('leave the list unchanged if there are none, except for the cursor', () => {
    const before = listOf(...listing)
    const after = listOf(...listing, fact.requested(), completed('newer'))
    expect(after).toEqual({ ...before, cursor: 'newer' })
  })

  it('keep the account of the list if no sign-in was needed', () => {
    expect(listOf(...listing, fact.requested(), completed()).account).toEqual({ id: 'person' })
    expect(listOf(...listing, fact.requested(), granted(null), completed()).account).toEqual({ id: 'person' })
    expect(listOf(...listing, fact.requested(), granted('other'), completed()).account).toEqual({
      id: 'other',
    })
  })

  it('wait with their cursor while they are held, and become the list once they are approved', () => {
    const facts = [...listing, fact.requested(), changes({ removed: [{ id: 'c1' }] }), held('held')]
    const waiting = listOf(...facts)
    expect(ids(waiting)).toEqual(['c1', 'c2', 'c3'])
    expect(waiting.staged?.cursor).toBe('held')
    const after = listOf(...facts, approved)
    expect([ids(after), after.cursor, after.staged]).toEqual([['c2', 'c3'], 'held', null])
  })

  it('have only their own folders, once they are the list', () => {
    const withFolders = (end: Fact, ...names: (string | null)[]): Fact =>
      ({ ...end, payload: { cursor: null, folders: names.map((name) => ({ id: `${name}`, name })) } }) as Fact
    const namesOf = (...facts: Fact[]) => listOf(...facts).folders.map(({ name }) => name)
    const named = [...listing.slice(0, -1), withFolders(completed(), null, 'Clients')]
    expect(namesOf(...named)).toEqual([null, 'Clients'])
    const waiting = [...named, fact.requested(), changes({}), withFolders(held(), null, 'Customers')]
    expect(namesOf(...waiting)).toEqual([null, 'Clients'])
    expect(namesOf(...waiting, approved)).toEqual([null, 'Customers'])
    expect(namesOf(...named, fact.requested(), completed())).toEqual([])
  })

  it('have no cursor if the payload of the last event was dropped', () => {
    expect(listOf(...listing.slice(0, -1), dropped(completed('x'))).cursor).toBeNull()
    expect(listOf(...listing.slice(0, -1), dropped(held('x'))).staged?.cursor).toBeNull()
  })

  it('fill the limit with the newest, and keep the others for later changes', () => {
    const old = { ...sampleContact('old'), modified: '2020-01-01T00:00:00Z' }
    const facts = [fact.requested(), fact.counted(), page([old, ...sampleContacts(LIMIT)]), completed()]
    const capped = listOf(...facts)
    expect([capped.contacts.size, ids({ contacts: capped.beyond })]).toEqual([LIMIT, ['old']])
    const room = listOf(...facts, fact.requested(), changes({ removed: [{ id: 'c1' }] }), completed())
    expect(ids(room).toSorted()).toEqual(['c2', 'c3', 'c4', 'old'])
    expect(room.beyond.size).toBe(0)
  })
})

describe('a list that fits the limit', () => {
  it('is the same Map that the attempt filled, so that it is not sorted or saved again', () => {
    const before = listsOf([fact.requested(), fact.counted(), page(sampleContacts(LIMIT))])
    const gathered = before.microsoft365?.staged?.contacts
    expect(fold(before, recorded([completed()])[0]!).microsoft365?.contacts).toBe(gathered)
  })
})

describe('events without an attempt', () => {
  it.each([
    ['consent.granted', granted('person')],
    ['contacts.counted', fact.counted()],
    ['page.fetched', page(three)],
    ['changes.fetched', changes({ upserted: three })],
    ['attempt.completed', completed('x')],
    ['removal.held', held('x')],
    ['removal.approved', approved],
  ])('change no list: %s', (_, event) => {
    const before = listsOf(listing)
    expect(fold(before, recorded([event])[0]!)).toBe(before)
    expect(listOf(event)).toEqual(emptyList)
  })

  it('also stage nothing if a request names no attempt', () => {
    expect(listOf({ ...fact.requested(), attempt: null }).staged).toBeNull()
  })
})

describe('a sign-out', () => {
  it('removes everything of its source, and leaves the lists of others unchanged', () => {
    const google: Fact = { ...fact.requested(), stream: 'google' }
    const lists = listsOf([google, ...listing, fact.requested(), page(three), fact.signedOut()])
    expect(lists.microsoft365).toEqual({
      contacts: new Map(),
      beyond: new Map(),
      skipped: [],
      account: null,
      cursor: null,
      folders: [],
      staged: null,
      pending: null,
    })
    expect(lists.google?.staged?.attempt).toBe('a1')
  })
})

describe('payloads that were dropped', () => {
  it('add nothing to an attempt', () => {
    const before = listOf(...listing, fact.requested())
    expect(listOf(...listing, fact.requested(), dropped(page(three)))).toEqual(before)
    expect(listOf(...listing, fact.requested(), dropped(changes({})))).toEqual(before)
  })
})

describe('a payload that the medium lost', () => {
  const restart = [fact.requested(), fact.counted()]

  it('damages the staged list: no later page is folded, and no later process continues it', () => {
    const staged = listOf(...restart, page(three, 'next'), lost(page([]))).staged!
    expect(staged).toMatchObject({ unreadable: 'damaged', resumeFrom: null, lastPageAt: null })
    const later = listOf(
      ...restart,
      page(three),
      lost(page([])),
      page([sampleContact('x')], 'on'),
      changes({ upserted: [sampleContact('y')] }),
    )
    expect(later.staged).toEqual(staged)
  })

  it('damages the list once the attempt is completed, and not before', () => {
    const damaged = [...restart, lost(page(three)), page(three)]
    expect(listOf(...listing, ...damaged)).not.toHaveProperty('unreadable')
    expect(listOf(...listing, ...damaged, completed())).toMatchObject({ unreadable: 'damaged' })
    expect(listOf(...listing, ...damaged, fact.cancelled())).toEqual(listOf(...listing))
  })

  it('counts in changes as in pages', () => {
    expect(listOf(...listing, fact.requested(), lost(changes({})), completed())).toMatchObject({
      unreadable: 'damaged',
    })
  })

  it('is repaired by the next complete listing, within the attempt or after it', () => {
    const damaged = [...restart, lost(page(three))]
    const whole = [fact.counted(), page(three), completed()]
    expect(listOf(...damaged, ...whole)).not.toHaveProperty('unreadable')
    expect(listOf(...damaged, completed(), fact.requested(), ...whole)).not.toHaveProperty('unreadable')
  })

  it('is not repaired by changes, because they build on the damaged list', () => {
    const damaged = [...restart, lost(page(three)), completed()]
    const refreshed = [fact.requested(), changes({ upserted: three, cursor: 'x' })]
    expect(listOf(...damaged, ...refreshed).staged).toMatchObject({ unreadable: 'damaged', resumeFrom: null })
    expect(listOf(...damaged, ...refreshed, completed())).toMatchObject({ unreadable: 'damaged' })
    expect(listOf(...damaged, fact.requested(), completed())).toMatchObject({ unreadable: 'damaged' })
  })

  it('is repaired if the changes build on a complete listing', () => {
    const damaged = [...restart, lost(page(three)), completed()]
    const facts = [
      ...damaged,
      fact.requested(),
      fact.counted(),
      page(three),
      changes({ upserted: three }),
      completed(),
    ]
    expect(listOf(...facts)).not.toHaveProperty('unreadable')
  })
})

describe('a checkpoint', () => {
  const pages = [
    checkpoint(1, 2, { contacts: three.slice(0, 2), skipped: [unread] }),
    checkpoint(2, 2, { contacts: three.slice(2) }),
  ] as const

  it('changes nothing before its last page', () => {
    const list = listOf(...listing, pages[0])
    expect({ ...list, pending: null }).toEqual(listOf(...listing))
    expect(list.pending).toEqual({ page: 1, of: 2, contacts: three.slice(0, 2), skipped: [unread] })
  })

  it('defines the list without the events before it', () => {
    expect(listOf(...pages)).toEqual({ ...listOf(...listing), cursor: 'later' })
  })

  it('keeps the folder names', () => {
    const folders = [{ id: 'f', name: 'Clients' }]
    expect(listOf(checkpoint(1, 1, { contacts: three, folders })).folders).toEqual(folders)
  })

  it('splits its contacts at the limit', () => {
    const all = sampleContacts(LIMIT + 1)
    const { contacts, beyond } = listOf(checkpoint(1, 1, { contacts: all }))
    expect([contacts.size, beyond.size]).toEqual([LIMIT, 1])
  })

  it('keeps the same Map if the contacts are the same', () => {
    const before = listsOf(listing)
    const after = recorded(pages).reduce(fold, before)
    expect(after.microsoft365?.contacts).toBe(before.microsoft365?.contacts)
  })

  it('also keeps the same Maps if some contacts are beyond the limit', () => {
    const all = sampleContacts(LIMIT + 1)
    const before = listsOf([fact.requested(), fact.counted(), page(all), completed()])
    const after = fold(before, recorded([checkpoint(1, 1, { contacts: all })])[0]!)
    expect(after.microsoft365?.contacts).toBe(before.microsoft365?.contacts)
    expect(after.microsoft365?.beyond).toBe(before.microsoft365?.beyond)
  })

  it.each([
    ['other contacts', [...three.slice(1), sampleContact('c1')]],
    ['fewer', three.slice(1)],
    ['more', [...three, sampleContact('c4')]],
  ])('replaces the list if it differs: %s', (_, contacts) => {
    const list = listOf(...listing, checkpoint(1, 1, { contacts }))
    expect([...list.contacts.values()]).toEqual(contacts)
  })

  it('has no effect if one of its pages is missing', () => {
    expect(listOf(...listing, pages[1])).toEqual(listOf(...listing))
    const begun = checkpoint(1, 3, { contacts: [] })
    expect(listOf(...listing, begun, checkpoint(3, 3))).toEqual(listOf(...listing))
    expect(listOf(...listing, pages[0], fact.requested(), fact.cancelled(), pages[1])).toEqual(
      listOf(...listing),
    )
  })

  it('continues after an ignored report', () => {
    const ignored: Fact = { ...about, type: 'report.ignored', data: { report: 'page.fetched' } }
    expect(listOf(...listing, pages[0], ignored, pages[1])).toMatchObject({ cursor: 'later', pending: null })
  })

  it('continues after what the person said, and keeps it', () => {
    expect(listOf(...listing, pages[0], fact.identified(), pages[1])).toMatchObject({
      cursor: 'later',
      pending: null,
      identities: [{ contact: 'key-of-c1', with: 'google', isSame: true }],
    })
  })

  it('drops its pages if it restarts', () => {
    expect(listOf(...listing, checkpoint(1, 2, { contacts: [sampleContact('x')] }), ...pages)).toMatchObject({
      contacts: new Map(three.map((contact) => [contact.id, contact])),
      skipped: [unread],
    })
  })

  it('changes nothing if its pages were dropped because of a newer one', () => {
    expect(listOf(...listing, dropped(pages[0])).pending).toEqual({
      page: 1,
      of: 2,
      contacts: [],
      skipped: [],
    })
    expect(listOf(...listing, ...pages.map(dropped))).toEqual(listOf(...listing))
  })

  it.each([
    ['first', [lost(pages[0]), pages[1]]],
    ['last', [pages[0], lost(pages[1])]],
  ])('leaves a damaged list unchanged if the medium lost its %s page', (_, damaged) => {
    expect(listOf(...listing, ...damaged)).toEqual({ ...listOf(...listing), unreadable: 'damaged' })
  })

  it('repairs a damaged list', () => {
    const damaged = [fact.requested(), fact.counted(), page(three), lost(page([])), completed()]
    const before = listsOf(damaged)
    const after = recorded(pages).reduce(fold, before)
    expect(after.microsoft365).not.toHaveProperty('unreadable')
    // Equal contacts would not prove that the list was replaced.
    expect(after.microsoft365?.contacts).not.toBe(before.microsoft365?.contacts)
  })
})

describe('the known mailbox', () => {
  const old = { ...sampleContact('old'), modified: '2020-01-01T00:00:00Z' }
  const facts = [
    fact.requested(),
    fact.counted(),
    page([old, ...sampleContacts(LIMIT)], null, [unread]),
    completed(),
  ]

  it('is the list and the contacts beyond the limit, until an attempt has fetched contacts', () => {
    const known = knownMailbox(listOf(...facts, fact.requested()))
    expect([known.contacts.size, known.skipped]).toEqual([LIMIT + 1, [unread]])
  })

  it('is the contacts of the attempt, once it has fetched some', () => {
    const known = knownMailbox(listOf(...facts, fact.requested(), fact.counted()))
    expect([known.contacts.size, known.skipped]).toEqual([0, []])
  })

  it('is the list itself if all contacts fit, without a copy', () => {
    const list = listOf(...listing)
    expect(knownMailbox(list).contacts).toBe(list.contacts)
  })
})

it('an event that changes no list returns the same object', () => {
  const before = listsOf(listing)
  const event: Fact = { ...about, type: 'report.ignored', data: { report: 'page.fetched' } }
  expect(fold(before, recorded([event])[0] as RecordedEvent)).toBe(before)
})
