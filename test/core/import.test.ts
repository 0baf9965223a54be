import { expect, test } from 'vitest'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { memoryLocks } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { openContactBook } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, eventTypes, finished, importAll, list, names, page, refreshAll } from './device.ts'

test('signing in imports the contacts, and every step is recorded', async () => {
  const opened = await new Device().open()
  const outcome = await importAll(opened, sampleContacts(3))

  expect(outcome).toMatchObject({ state: 'imported', code: null, skipped: 0 })
  expect(outcome.completion).toMatchObject({ imported: 3, available: 3, added: 3, updated: 0, removed: 0 })
  expect(names(opened.book)).toEqual(['Contact c1', 'Contact c2', 'Contact c3'])
  expect(account(opened.book)).toMatchObject({
    state: 'imported',
    list: { count: 3, available: 3, capped: false },
    account: { username: 'person@example.test' },
    runner: null,
  })
  expect(await eventTypes(opened.book)).toEqual([
    'attempt.requested',
    'consent.granted',
    'contacts.counted',
    'page.fetched',
    'attempt.completed',
  ])
})

test('no contact and no name is in an envelope, and the account only as an opaque key', async () => {
  const { book, source } = await new Device().open()
  await importAll({ book, source }, [sampleContact('secret-id', { name: { full: 'Secret Name' } })])
  const envelopes: unknown[] = []
  for await (const envelope of book.events()) envelopes.push(envelope)
  const text = JSON.stringify(envelopes)
  for (const word of ['secret-id', 'Secret Name', 'person@example.test', 'tenant.person']) {
    expect(text).not.toContain(word)
  }
})

test('an import of more than 10,000 contacts ends capped, with the most recently changed ones on the device', async () => {
  const opened = await new Device().open()
  const contacts = sampleContacts(10_001).map((contact, index) => ({
    ...contact,
    modified: new Date(Date.UTC(2020, 0, 1, 0, 0, index)).toISOString(),
  }))
  const outcome = await importAll(opened, contacts)
  expect(outcome).toMatchObject({ state: 'capped', completion: { imported: 10_000, available: 10_001 } })
  expect(account(opened.book)).toMatchObject({
    state: 'capped',
    list: { count: 10_000, available: 10_001, capped: true },
  })
  expect(opened.book.contacts.get().some(({ id }) => id === 'c1')).toBe(false)
})

test('exactly 10,000 contacts are imported, not capped', async () => {
  const opened = await new Device().open()
  expect(await importAll(opened, sampleContacts(10_000))).toMatchObject({ state: 'imported' })
})

test('a contact that comes twice counts once, and the later version stays', async () => {
  const { book, source } = await new Device().open()
  const started = await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([sampleContact('a', { name: { full: 'Old' } }), sampleContact('b')]))
  await fetch.emit(page([sampleContact('a', { name: { full: 'New' } })]))
  void fetch.emit(finished)
  const outcome = await book.outcome(started.ok ? started.attempt : '')
  expect(outcome.completion).toMatchObject({ imported: 2, available: 2 })
  expect(names(book)).toEqual(['Contact b', 'New'])
})

test('skipped contacts are counted and shown with their reason; they do not use up the limit', async () => {
  const { book, source } = await new Device().open()
  const started = await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 10_001 })
  const skipped = [{ reason: 'malformed-field', id: 'x', field: 'givenName' }] as const
  await fetch.emit({ type: 'page.fetched', contacts: sampleContacts(10_000), skipped, cursor: null })
  void fetch.emit(finished)
  const outcome = await book.outcome(started.ok ? started.attempt : '')
  expect(outcome).toMatchObject({
    state: 'imported',
    skipped: 1,
    completion: { skipped: 1, available: 10_000 },
  })
  expect(account(book).skipped).toEqual(skipped)
  expect(book.history.get()[0]).toMatchObject({ skipped: { 'malformed-field': 1 } })
})

test('progress drops the sign-in when the fetch begins, also if a part of it arrives late', async () => {
  const { book, source } = await new Device().open()
  const started = await book.signIn('microsoft365')
  const attempt = started.ok ? started.attempt : ''
  const tab = await source.signIns.next()
  const shown = { address: 'http://localhost/sign-in', until: new Date(), userCode: 'CODE' }
  tab.context.progress(shown)
  expect(book.progress.get()).toEqual({ microsoft365: { source: 'microsoft365', attempt, ...shown } })
  await tab.grant()
  const fetch = await source.fetches.next()
  expect(book.progress.get()).toEqual({ microsoft365: { source: 'microsoft365', attempt } })

  tab.context.progress({ ...shown, opened: true, tokensKeptIn: 'tokens.json' })
  fetch.context.progress({ folder: 'Contacts' })
  await fetch.emit({ type: 'contacts.counted', count: 1 })
  expect(book.progress.get()).toEqual({
    microsoft365: { source: 'microsoft365', attempt, folder: 'Contacts', tokensKeptIn: 'tokens.json' },
  })
  await book.cancel('microsoft365')
  expect(book.progress.get()).toEqual({})
})

test('two sources of one kind are refused with a clear message before the store is read', async () => {
  const store = memoryStore()
  const opened = openContactBook({
    store: {
      events: { ...store, loadView: () => expect.unreachable() },
      locks: memoryLocks(),
      keys: memoryVault(),
    },
    sources: [new ScriptedSource('google'), new ScriptedSource(), new ScriptedSource('google')],
    clock: systemClock,
  })
  await expect(opened).rejects.toThrow(TypeError)
  await expect(opened).rejects.toThrow('two of the kind "google"')
})

test('the old list stays readable until the new one is whole, and is swapped in one step', async () => {
  const opened = await new Device().open()
  await importAll(opened, [sampleContact('a'), sampleContact('b')])
  const seen: (readonly (string | undefined)[])[] = []
  opened.book.contacts.subscribe((contacts) => seen.push(contacts.map(({ id }) => id)))
  await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([sampleContact('b')]))
  expect(names(opened.book)).toEqual(['Contact a', 'Contact b'])
  await fetch.emit(page([sampleContact('c')]))
  void fetch.emit(finished)
  await opened.book.outcome(account(opened.book).attempt?.id ?? '')
  expect(seen).toEqual([
    ['a', 'b'],
    ['b', 'c'],
  ])
})

test('a refresh reports what was added, updated and removed', async () => {
  const opened = await new Device().open()
  await importAll(opened, sampleContacts(10))
  const next = [...sampleContacts(9), sampleContact('new')].map((contact) =>
    contact.id === 'c1' ? { ...contact, version: 'c1-2', nickname: 'New' } : contact,
  )
  const outcome = await refreshAll(opened, next)
  expect(outcome.completion).toMatchObject({ imported: 10, added: 1, updated: 1, removed: 1, displaced: 0 })
})

test('a large removal is held: the old list stays until the person approves', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened, sampleContacts(300))
  const outcome = await refreshAll(opened, sampleContacts(200))
  expect(outcome).toMatchObject({ state: 'failed', code: 'removal-held', completion: { removed: 100 } })
  expect(opened.book.contacts.get()).toHaveLength(300)
  expect(account(opened.book)).toMatchObject({
    held: { removes: 100, of: 300 },
    commands: { approveRemoval: null },
  })

  await opened.book.close()
  const again = await device.open()
  expect(again.book.heldContacts('microsoft365').map(({ id }) => id)).toContain('c300')
  expect(again.book.heldContacts('microsoft365')).toHaveLength(100)
  expect(await again.book.approveRemoval('microsoft365')).toMatchObject({ ok: true })
  expect(again.book.contacts.get()).toHaveLength(200)
  expect(account(again.book)).toMatchObject({ state: 'imported', held: null })
  expect(again.book.heldContacts('microsoft365')).toEqual([])
})

test('a small mailbox that is now empty empties the list', async () => {
  const opened = await new Device().open()
  await importAll(opened, sampleContacts(3))
  const started = await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 0 })
  void fetch.emit(finished)
  const outcome = await opened.book.outcome(started.ok ? started.attempt : '')
  expect(outcome).toMatchObject({ state: 'imported', completion: { imported: 0, removed: 3 } })
  expect(names(opened.book)).toEqual([])
})

test('a large mailbox that is now empty holds the removal', async () => {
  const opened = await new Device().open()
  await importAll(opened, sampleContacts(60))
  const started = await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 0 })
  void fetch.emit(finished)
  const outcome = await opened.book.outcome(started.ok ? started.attempt : '')
  expect(outcome).toMatchObject({ state: 'failed', code: 'removal-held' })
  expect(names(opened.book)).toHaveLength(60)
})

test('a held removal that a newer refresh replaces leaves nothing behind', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened, sampleContacts(300))
  await refreshAll(opened, sampleContacts(200))
  const held = account(opened.book).attempt?.id
  await refreshAll(opened, sampleContacts(299))
  const payloads = device.log.records.filter(({ attempt }) => attempt === held)
  expect(payloads.length).toBeGreaterThan(0)
  expect(payloads.every(({ payload }) => payload === null)).toBe(true)
  expect(await opened.book.approveRemoval('microsoft365')).toEqual({ ok: false, refusal: 'nothing-held' })
})

test('a sign-in that finishes after the store has failed is too late', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const { book, source } = await device.open({ store })
  const started = await book.signIn('microsoft365')
  const tab = await source.signIns.next()
  const append = store.append.bind(store)
  const { ImportFailure } = await import('../../src/index.ts')
  store.append = () => Promise.reject(new ImportFailure('storage-full'))
  expect(await tab.context.report({ type: 'consent.granted', account: { id: 'a' } })).toEqual({
    accepted: false,
    reason: 'storage-full',
  })
  expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({ code: 'storage-full' })
  store.append = append
  expect(await tab.grant()).toEqual({ accepted: false, reason: 'attempt-over' })
})

test('a refresh of all sources refreshes each that has a list, and one failure does not stop the others', async () => {
  const device = new Device()
  const microsoft = new ScriptedSource('microsoft365')
  const google = new ScriptedSource('google')
  const outlook = new ScriptedSource('outlook')
  const book = await openContactBook({
    store: { events: memoryStore(device.log), locks: memoryLocks(), keys: memoryVault() },
    sources: [microsoft, google, outlook],
    clock: systemClock,
  })
  for (const source of [microsoft, google]) {
    const started = await book.signIn(source.source)
    await (await source.signIns.next()).grant()
    await list(await source.fetches.next(), [sampleContact(source.source, { source: source.source })])
    await book.outcome(started.ok ? started.attempt : '')
  }
  const results = await book.refreshAll()
  expect(results.map(({ source }) => source)).toEqual(['microsoft365', 'google'])
  void (await microsoft.fetches.next()).fail('permission-missing')
  await list(await google.fetches.next(), [sampleContact('g2', { source: 'google' })])
  const outcomes = await Promise.all(
    results.map(({ result }) => book.outcome(result.ok ? result.attempt : '')),
  )
  expect(outcomes.map(({ state, code }) => [state, code])).toEqual([
    ['failed', 'permission-removed'],
    ['imported', null],
  ])
  expect(book.contacts.get().map(({ id }) => id)).toEqual(['g2', 'microsoft365'])
})

test('reopening shows the same list and the same accounts, from the saved view and without it', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened, sampleContacts(50))
  await refreshAll(opened, sampleContacts(40))
  const before = { contacts: opened.book.contacts.get(), accounts: opened.book.accounts.get() }
  await opened.book.close()
  expect(device.log.views.size).toBe(1)
  const saved = await device.open()
  expect({ contacts: saved.book.contacts.get(), accounts: saved.book.accounts.get() }).toEqual(before)
  await saved.book.close()
  device.log.views.clear()
  const rebuilt = await device.open()
  expect({ contacts: rebuilt.book.contacts.get(), accounts: rebuilt.book.accounts.get() }).toEqual(before)
})

test('an unexpected error of an adapter fails the attempt as internal, and developers get the cause', async () => {
  const device = new Device()
  const { book, source } = await device.open()
  const broken = new Error('a bug')
  source.contacts.fetch = () => {
    throw broken
  }
  const started = await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({
    state: 'failed',
    code: 'internal',
  })
  expect(device.diagnosed).toEqual([broken])
})

test('a store that cannot be written fails the attempt at once, keeps the list, and says so later', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened, sampleContacts(2))
  const append = store.append.bind(store)
  const started = await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  const { ImportFailure } = await import('../../src/index.ts')
  store.append = () => Promise.reject(new ImportFailure('storage-full'))
  void fetch.emit({ type: 'contacts.counted', count: 1 })
  const outcome = await opened.book.outcome(started.ok ? started.attempt : '')
  expect(outcome).toMatchObject({ state: 'failed', code: 'storage-full' })
  expect(account(opened.book)).toMatchObject({
    state: 'failed',
    code: 'storage-full',
    commands: { refresh: null },
  })
  expect(opened.book.contacts.get()).toHaveLength(2)
  await expect(opened.book.refresh('microsoft365')).rejects.toMatchObject({ code: 'storage-full' })

  store.append = append
  await refreshAll(opened, sampleContacts(3))
  expect(opened.book.contacts.get()).toHaveLength(3)
  expect((await eventTypes(opened.book)).filter((type) => type === 'attempt.failed')).toHaveLength(1)
})

test('an interrupted listing that starts over discards its earlier pages', async () => {
  const { book, source } = await new Device().open()
  const started = await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 1 })
  await fetch.emit(page([sampleContact('deleted-meanwhile')]))
  await list(fetch, [sampleContact('b')])
  await book.outcome(started.ok ? started.attempt : '')
  expect(names(book)).toEqual(['Contact b'])
})
