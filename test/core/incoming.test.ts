import { expect, test } from 'vitest'
import { CONTACT_LIMIT } from '../../src/index.ts'
import type { ContactBook, IncomingBySource } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, Device, finished, importAll, names, page, signedIn } from './device.ts'

const [a, b, c] = ['a', 'b', 'c'].map((id) => sampleContact(id))
if (!a || !b || !c) throw new Error('three contacts')

/** Subscribes, and gives what is shown: names, or null if no list is incoming. */
const watched = (book: ContactBook) => {
  const values: IncomingBySource[] = []
  const subscription = book.incoming.subscribe((value) => values.push(value))
  return {
    subscription,
    names: () => values.at(-1)?.microsoft365?.contacts.map(({ name }) => name.full) ?? null,
    last: () => values.at(-1)?.microsoft365,
  }
}

test('a first import shows its pages in order as they come, and My Contacts only when it is complete', async () => {
  const opened = await new Device().open()
  const { book } = opened
  const incoming = watched(book)
  expect(incoming.names()).toBeNull()
  const { attempt, fetch } = await signedIn(opened)
  await fetch.emit({ type: 'contacts.counted', count: 3 })
  await fetch.emit(page([c, a]))
  await expect.poll(incoming.names).toEqual(['Contact a', 'Contact c'])
  expect(incoming.last()).toMatchObject({ attempt, isComplete: false })
  await fetch.emit(page([b]))
  await expect.poll(incoming.names).toEqual(['Contact a', 'Contact b', 'Contact c'])
  expect(names(book)).toEqual([])
  void fetch.emit(finished)
  await book.outcome(attempt)
  expect(incoming.names()).toBeNull()
  expect(names(book)).toEqual(['Contact a', 'Contact b', 'Contact c'])
})

test('an incoming contact is the one that comes to My Contacts, and both arrays are frozen', async () => {
  const opened = await new Device().open()
  const incoming = watched(opened.book)
  const { attempt, fetch } = await signedIn(opened)
  await fetch.emit(page([a]))
  await expect.poll(incoming.names).toEqual(['Contact a'])
  const shown = incoming.last()?.contacts ?? []
  expect(() => (shown as unknown[]).pop()).toThrow(TypeError)
  void fetch.emit(finished)
  await opened.book.outcome(attempt)
  expect(opened.book.contacts.get()[0]).toBe(shown[0])
})

test.each([
  ['is cancelled', (book: ContactBook) => book.cancel('microsoft365')],
  ['is signed out of', (book: ContactBook) => book.signOut('microsoft365')],
])('nothing is incoming any more when the import %s', async (_how, end) => {
  const opened = await new Device().open()
  const incoming = watched(opened.book)
  const { fetch } = await signedIn(opened)
  await fetch.emit(page([a]))
  await expect.poll(incoming.names).toEqual(['Contact a'])
  await end(opened.book)
  expect(incoming.names()).toBeNull()
})

test('a refresh shows nothing before it is complete', async () => {
  const opened = await new Device().open()
  await importAll(opened, [a])
  const incoming = watched(opened.book)
  const started = await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([a, b]))
  await fetch.emit(page([c]))
  expect(incoming.names()).toBeNull()
  void fetch.emit(finished)
  await opened.book.outcome(started.ok ? started.attempt : '')
  expect(incoming.names()).toBeNull()
})

test('what a later page replaces or removes is no longer shown', async () => {
  const opened = await new Device().open()
  const incoming = watched(opened.book)
  const { fetch } = await signedIn(opened)
  await fetch.emit(page([a, b]))
  await expect.poll(incoming.names).toEqual(['Contact a', 'Contact b'])
  await fetch.emit({
    type: 'changes.fetched',
    upserted: [{ ...a, name: { full: 'Renamed' } }],
    removed: [{ id: 'b' }],
    skipped: [],
    cursor: null,
  })
  await expect.poll(incoming.names).toEqual(['Renamed'])
})

test('a subscriber that comes later sees all pages, and without one there is no list', async () => {
  const opened = await new Device().open()
  const { fetch } = await signedIn(opened)
  await fetch.emit(page([a]))
  await fetch.emit(page([b]))
  expect(opened.book.incoming.get()).toEqual({})
  const incoming = watched(opened.book)
  await expect.poll(incoming.names).toEqual(['Contact a', 'Contact b'])
  incoming.subscription.unsubscribe()
  expect(opened.book.incoming.get()).toEqual({})
})

test('another process that has the store open sees the pages, too', async () => {
  const device = new Device()
  const [opened, other] = [await device.open(), await device.open()]
  const incoming = watched(other.book)
  const { fetch } = await signedIn(opened)
  await fetch.emit(page([a]))
  await expect.poll(incoming.names).toEqual(['Contact a'])
  expect(account(other.book).runner).toBe('elsewhere')
})

test('no more contacts are shown than fit on the device', async () => {
  const opened = await new Device().open()
  const incoming = watched(opened.book)
  const { fetch } = await signedIn(opened)
  await fetch.emit(page(sampleContacts(CONTACT_LIMIT + 5)))
  await expect.poll(() => incoming.names()?.length).toBe(CONTACT_LIMIT)
})

test('My Contacts, Linked Accounts and what is incoming change in one step', async () => {
  const opened = await new Device().open()
  const { book } = opened
  const shown: { readonly by: string; readonly names: readonly string[]; readonly counted: number }[] = []
  const look = (by: string) => () => {
    const incoming = book.incoming.get().microsoft365?.contacts ?? []
    const all = [...book.contacts.get(), ...incoming]
    // The list of the account says how many there are, once it is on the device.
    const counted = account(book).list?.count ?? incoming.length
    shown.push({ by, names: all.map(({ name }) => name.full ?? ''), counted })
  }
  book.contacts.subscribe(look('contacts'))
  book.accounts.subscribe(look('accounts'))
  book.incoming.subscribe(look('incoming'))
  book.history.subscribe(look('history'))
  book.onSwap(look('swap'))
  const { attempt, fetch } = await signedIn(opened)
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([b, a]))
  await expect.poll(() => shown.at(-1)?.by).toBe('incoming')
  shown.length = 0
  void fetch.emit(finished)
  await book.outcome(attempt)
  expect(new Set(shown.map(({ by }) => by))).toEqual(
    new Set(['history', 'contacts', 'accounts', 'incoming', 'swap']),
  )
  for (const { names, counted } of shown) {
    expect(names).toEqual(['Contact a', 'Contact b'])
    expect(counted).toBe(2)
  }
})

test('who subscribes while the views change gets each value once', async () => {
  const opened = await new Device().open()
  const { book } = opened
  const values: unknown[] = []
  let isSubscribed = true
  book.history.subscribe(() => {
    if (!isSubscribed) book.accounts.subscribe((accounts) => values.push(accounts))
    isSubscribed = true
  })
  isSubscribed = false
  await signedIn(opened)
  expect(values.length).toBeGreaterThan(1)
  expect(new Set(values).size).toBe(values.length)
})
