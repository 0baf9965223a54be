import { expect, test } from 'vitest'
import { memoryLocks } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { ImportFailure, openContactBook } from '../../src/index.ts'
import type { ContactBook, LinkedAccountView } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, eventTypes, importAll, list, page } from './device.ts'

/** Collects what `accounts` emits from now on. */
const emissionsOf = (book: ContactBook) => {
  const emitted: (readonly LinkedAccountView[])[] = []
  book.accounts.subscribe((views) => emitted.push(views))
  emitted.length = 0
  return emitted
}

const states = (emitted: readonly (readonly LinkedAccountView[])[]) => emitted.map(([view]) => view?.state)

test('accounts emits once for each append that changes something, and before the command resolves', async () => {
  const { book, source } = await new Device().open()
  const emitted = emissionsOf(book)
  await book.signIn('microsoft365')
  expect(states(emitted)).toEqual(['consenting'])
  expect(emitted[0]?.[0]).toMatchObject({ runner: 'here' })

  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  expect(states(emitted.slice(1))).toEqual(['fetching'])

  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page(sampleContacts(2)))
  expect(emitted.slice(2).map(([view]) => view?.counts.pages)).toEqual([0, 1])

  await book.cancel('microsoft365')
  expect(states(emitted.slice(4))).toEqual(['cancelled'])
})

test('a refusal that changes nothing emits nothing, and neither does a report that is ignored', async () => {
  const { book, source } = await new Device().open()
  const refused = emissionsOf(book)
  expect(await book.cancel('microsoft365')).toMatchObject({ ok: false })
  expect(await book.refresh('microsoft365')).toMatchObject({ ok: false })
  expect(await book.signOut('microsoft365')).toMatchObject({ ok: false })
  expect(refused).toEqual([])

  await book.signIn('microsoft365')
  const late = await source.signIns.next()
  await book.cancel('microsoft365')
  const ignored = emissionsOf(book)
  expect(await late.grant()).toMatchObject({ accepted: false })
  expect(await book.signIn('microsoft365')).toMatchObject({ ok: false })
  expect((await eventTypes(book)).at(-1)).toBe('report.ignored')
  expect(ignored).toEqual([])
})

test('an import emits its completion once, and maintenance after it nothing', async () => {
  const device = new Device()
  const { book, source } = await device.open()
  await book.signIn('microsoft365')
  await (await source.signIns.next()).grant()
  const fetch = await source.fetches.next()
  const emitted = emissionsOf(book)
  await list(fetch)
  await book.outcome(account(book).attempt?.id ?? '')
  expect(states(emitted)).toEqual(['fetching', 'fetching', 'imported'])
  await book.close()
  expect(emitted).toHaveLength(3)
})

test('what another process appends is emitted once, with the process that runs it', async () => {
  const device = new Device()
  const [first, second] = [await device.open(), await device.open()]
  const emitted = emissionsOf(second.book)
  await first.book.signIn('microsoft365')
  await expect.poll(() => account(second.book).state, { interval: 1 }).toBe('consenting')
  expect(emitted).toHaveLength(1)
  expect(emitted[0]?.[0]).toMatchObject({ runner: 'elsewhere' })
  await first.book.cancel('microsoft365')
  await expect.poll(() => account(second.book).state, { interval: 1 }).toBe('cancelled')
  expect(states(emitted)).toEqual(['consenting', 'cancelled'])
})

test('a change of the process that runs an attempt is emitted once, also without an append', async () => {
  const device = new Device()
  const first = await device.open()
  await first.book.signIn('microsoft365')
  const { book } = await device.open()
  expect(account(book).runner).toBe('elsewhere')
  const emitted = emissionsOf(book)
  first.crash()
  expect(await book.refresh('microsoft365')).toEqual({ ok: false, refusal: 'restart-first' })
  expect(emitted.map(([view]) => view?.runner)).toEqual(['nobody'])
})

test('a sign-out emits that the list is gone, and then that nothing is left', async () => {
  const opened = await new Device().open()
  await importAll(opened)
  const emitted = emissionsOf(opened.book)
  expect(await opened.book.signOut('microsoft365')).toMatchObject({ ok: true })
  expect(emitted.map(([view]) => [view?.state, view?.commands.signOut])).toEqual([
    ['idle', null],
    ['idle', 'nothing-linked'],
  ])
})

test('a command that the store refuses emits nothing, and a report that it refuses once', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const opened = await device.open({ store })
  await importAll(opened)
  const append = store.append.bind(store)
  store.append = () => Promise.reject(new ImportFailure('storage-full'))
  const emitted = emissionsOf(opened.book)
  await expect(opened.book.refresh('microsoft365')).rejects.toMatchObject({ code: 'storage-full' })
  expect(emitted).toEqual([])
  store.append = append
  await opened.book.refresh('microsoft365')
  const fetch = await opened.source.fetches.next()
  store.append = () => Promise.reject(new ImportFailure('storage-full'))
  await fetch.emit({ type: 'contacts.counted', count: 1 })
  expect(emitted.map(([view]) => [view?.state, view?.code])).toEqual([
    ['fetching', null],
    ['failed', 'storage-full'],
  ])
})

test('the view of a source in which nothing changed stays the same object', async () => {
  const device = new Device()
  const google = new ScriptedSource('google')
  const book = await openContactBook({
    store: { events: memoryStore(device.log), locks: memoryLocks(), keys: device.vault },
    sources: [new ScriptedSource(), google],
    clock: systemClock,
  })
  const before = book.accounts.get()
  await book.signIn('google')
  const after = book.accounts.get()
  expect(after[0]).toBe(before[0])
  expect(after[1]).not.toBe(before[1])
})

test('a shell cannot change a view that others see', async () => {
  const { book, source } = await new Device().open()
  await importAll({ book, source }, sampleContacts(1))
  const [view] = book.accounts.get() as unknown as [
    { list: { count: number }; commands: { refresh: unknown } },
  ]
  expect(() => (view.list.count = 7)).toThrow(TypeError)
  expect(() => (view.commands.refresh = 'already-running')).toThrow(TypeError)
  expect(() => Reflect.apply(Array.prototype.push, Reflect.get(view, 'skipped'), [{}])).toThrow(TypeError)
  expect(book.accounts.get()[0]).toMatchObject({ list: { count: 1 }, commands: { refresh: null } })
})

test('the view keeps the result of the last import that brought the list up to date', async () => {
  const opened = await new Device().open()
  expect(account(opened.book).lastResult).toBeNull()
  await importAll(opened, sampleContacts(3))
  expect(account(opened.book).lastResult).toMatchObject({ added: 3, updated: 0, removed: 0 })
  await opened.book.refresh('microsoft365')
  await opened.book.cancel('microsoft365')
  expect(account(opened.book)).toMatchObject({ state: 'cancelled', lastResult: { added: 3 } })
  await opened.book.signOut('microsoft365')
  expect(account(opened.book).lastResult).toBeNull()
})
