import { expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { ImportFailure } from '../../src/index.ts'
import { Arrivals } from '../../src/testing/arrivals.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { CONTACT_LIST_SNAPSHOT } from '../../src/projections/contact-list-snapshot.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, eventTypes, importAll, list, names } from './device.ts'

test('signing out leaves one tombstone: no contact, no saved view, no token', async () => {
  const device = new Device()
  const { book, source } = await device.open()
  await importAll({ book, source }, [sampleContact('a', { name: { full: 'Marked Person' } })])
  expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
  expect(names(book)).toEqual([])
  expect(account(book)).toMatchObject({ state: 'idle', list: null, account: null, attempt: null })
  expect(book.history.get()).toEqual([])
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
  expect(JSON.stringify([device.log.records, [...device.log.views]])).not.toContain('Marked Person')
  expect(source.signOuts).toBe(1)
})

test('signing out stops the task; a login that finishes later is ignored', async () => {
  const { book, source } = await new Device().open()
  const started = await book.signIn('microsoft365')
  const tab = await source.signIns.next()
  const outcome = book.outcome(started.ok ? started.attempt : '')
  await book.signOut('microsoft365')
  expect(tab.context.signal.aborted).toBe(true)
  expect(await outcome).toMatchObject({ state: 'cancelled' })
  expect(await tab.grant()).toEqual({ accepted: false, reason: 'attempt-over' })
  expect(account(book).state).toBe('idle')
})

test('an attempt that a sign-out erases before its outcome is asked for was cancelled', async () => {
  const device = new Device()
  const [{ book }, other] = [await device.open(), await device.open()]
  const started = await book.signIn('microsoft365')
  await other.book.signOut('microsoft365')
  await expect.poll(() => account(book).state).toBe('idle')
  const attempt = started.ok ? started.attempt : ''
  expect(await book.outcome(attempt)).toMatchObject({ attempt, state: 'cancelled', code: null })
  await expect(book.outcome('unknown')).rejects.toThrow(TypeError)
})

test('after a sign-out one can sign in again, with another account', async () => {
  const opened = await new Device().open()
  await importAll(opened)
  await opened.book.signOut('microsoft365')
  const started = await opened.book.signIn('microsoft365')
  expect(await (await opened.source.signIns.next()).grant({ id: 'tenant.other' })).toEqual({ accepted: true })
  await list(await opened.source.fetches.next())
  expect(await opened.book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'imported' })
})

test('a later sign-in with another account fails and keeps the list of the first', async () => {
  const opened = await new Device().open()
  await importAll(opened)
  const started = await opened.book.restart('microsoft365')
  const answer = await (await opened.source.signIns.next()).grant({ id: 'tenant.other' })
  expect(answer).toEqual({ accepted: false, reason: 'different-account' })
  const outcome = await opened.book.outcome(started.ok ? started.attempt : '')
  expect(outcome).toMatchObject({ state: 'failed', code: 'different-account' })
  expect(account(opened.book)).toMatchObject({
    list: { count: 3 },
    account: { username: 'person@example.test' },
  })
})

test('with nothing linked and nothing left, a sign-out is refused and records nothing', async () => {
  const device = new Device()
  const { book, source } = await device.open()
  expect(account(book).commands.signOut).toBe('nothing-linked')
  expect(await book.signOut('microsoft365')).toEqual({ ok: false, refusal: 'nothing-linked' })
  expect([device.log.records, source.signOuts]).toEqual([[], 0])

  await importAll({ book, source })
  expect(account(book).commands.signOut).toBeNull()
  expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
  for (const same of [book, (await device.open()).book]) {
    expect(account(same).commands.signOut).toBe('nothing-linked')
    expect(await same.signOut('microsoft365')).toEqual({ ok: false, refusal: 'nothing-linked' })
  }
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
})

test.each([
  ['are left', async (): Promise<boolean> => true],
  ['cannot be looked for', (): Promise<boolean> => Promise.reject(new Error('no rights'))],
] as const)('a store without events is signed out of where tokens %s', async (_, hasTokens) => {
  const device = new Device()
  const source = new ScriptedSource()
  Object.assign(source.signIn, { hasTokens })
  const { book } = await device.open({ source })
  expect(account(book).commands.signOut).toBeNull()
  expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
  expect(source.signOuts).toBe(1)
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
})

test('a sign-out looks for tokens again', async () => {
  const { book, source } = await new Device().open()
  source.keepsTokens = true
  expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
  source.keepsTokens = false
  expect(await book.signOut('microsoft365')).toEqual({ ok: false, refusal: 'nothing-linked' })
  expect(account(book).commands.signOut).toBe('nothing-linked')
})

test('an account that another process has erased is not signed out again; one that it has not erased is', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const [first, second] = [await device.open({ store }), await device.open()]
  await importAll(first)
  const erase = store.erase.bind(store)
  store.erase = () => Promise.reject(new Error('the process died here'))
  await expect(first.book.signOut('microsoft365')).rejects.toThrow('died')
  expect(await second.book.signOut('microsoft365')).toMatchObject({ ok: true })
  store.erase = erase
  await first.book.signIn('microsoft365')
  await expect.poll(() => account(second.book).state).toBe('consenting')
  await first.book.signOut('microsoft365')
  await expect.poll(() => account(second.book).state).toBe('idle')
  expect(await second.book.signOut('microsoft365')).toEqual({ ok: false, refusal: 'nothing-linked' })
  expect(account(second.book).commands.signOut).toBe('nothing-linked')
})

test('an erasure that a crash interrupted is finished at the next opening', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  store.erase = () => Promise.reject(new Error('the process died here'))
  await expect(opened.book.signOut('microsoft365')).rejects.toThrow()
  expect(device.log.records.length).toBeGreaterThan(1)
  device.crash()
  const { book, source } = await device.open()
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
  expect(source.signOuts).toBe(1)
})

test('if the disk has room for one more event only once the tokens are removed, a sign-out uses that room', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  const append = store.append.bind(store)
  store.append = async (expected, events, drop = []) => {
    if (opened.source.signOuts === 0 || drop.length > 0) throw new ImportFailure('storage-full')
    return append(expected, events, drop)
  }
  expect(await opened.book.signOut('microsoft365')).toMatchObject({ ok: true })
  expect(account(opened.book).state).toBe('idle')
  expect(await eventTypes(opened.book)).toEqual(['account.signed-out'])
})

test('if not even that event can be recorded, a sign-out fails, and the list can no longer be read', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  store.append = () => Promise.reject(new ImportFailure('storage-full'))
  await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({ code: 'storage-full' })
  expect(account(opened.book)).toMatchObject({ state: 'imported', list: { count: 3, status: 'lost' } })
  expect(names(opened.book)).toEqual([])
  expect(account((await device.open()).book).list).toMatchObject({ count: 3, status: 'lost' })
})

test.each(['storage-full', 'storage-read-only'] as const)(
  'an erasure that still cannot be finished (%s) hides nothing of another account',
  async (code) => {
    const device = new Device()
    const store = memoryStore(device.log)
    const opened = await device.open({ store })
    await importAll(opened)
    store.erase = () => Promise.reject(new ImportFailure(code))
    await expect(opened.book.signOut('microsoft365')).rejects.toMatchObject({ code })
    device.crash()
    const later = memoryStore(device.log)
    later.erase = () => Promise.reject(new ImportFailure(code))
    const { book } = await device.open({ store: later })
    expect(account(book)).toMatchObject({ state: 'idle', list: null })
    expect(device.diagnosed).toMatchObject([{ code }])
    await book.close()
    expect(await eventTypes((await device.open()).book)).toEqual(['account.signed-out'])
  },
)

test('an erasure is left to a process that can remove the tokens as well', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  store.erase = () => Promise.reject(new Error('the process died here'))
  await expect(opened.book.signOut('microsoft365')).rejects.toThrow()
  device.crash()
  await device.open({ source: new ScriptedSource('google') })
  const { book, source } = await device.open()
  expect(source.signOuts).toBe(1)
  expect(await eventTypes(book)).toEqual(['account.signed-out'])
})

test('a list that is being saved during a sign-out is not on the device afterwards', async () => {
  const device = new Device()
  const kept = memoryStore(device.log)
  const [begun, mayGo] = [new Arrivals<true>(), new Arrivals<true>()]
  const saveView: typeof kept.saveView = async (view) => {
    begun.add(true)
    await mayGo.next()
    await kept.saveView(view)
  }
  const { book, source } = await device.open({ store: { ...kept, saveView } })
  await importAll({ book, source }, [sampleContact('a', { name: { full: 'Marked Person' } })])
  await begun.next()
  await book.signOut('microsoft365')
  mayGo.add(true)
  await book.close()
  expect(JSON.stringify([device.log.records, [...device.log.views]])).not.toContain('Marked Person')
})

test('closing waits for a list that is being saved: the next start finds it', async () => {
  const device = new Device()
  const opened = await device.open()
  await importAll(opened)
  await opened.book.close()
  expect(
    await memoryStore(device.log).loadView(CONTACT_LIST_SNAPSHOT.name, CONTACT_LIST_SNAPSHOT.version),
  ).not.toBeNull()
})
