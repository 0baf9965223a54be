import { expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { ImportFailure, lateRedirectRecorder } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, eventTypes, importAll, list, names, page, refreshAll, signedIn } from './device.ts'

test('a second import on the same store is refused while the first one runs', async () => {
  const device = new Device()
  const first = await device.open()
  const second = await device.open()
  await first.book.signIn('microsoft365')
  expect(await second.book.signIn('microsoft365')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  expect(await second.book.restart('microsoft365')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  expect(second.source.signIns.size).toBe(0)
})

test('a book that runs a task refuses a second one as already running', async () => {
  const { book } = await new Device().open()
  await book.signIn('microsoft365')
  expect(await book.signIn('microsoft365')).toEqual({ ok: false, refusal: 'already-running' })
})

test('cancel from another process ends the task here', async () => {
  const device = new Device()
  const first = await device.open()
  const second = await device.open()
  const started = await first.book.signIn('microsoft365')
  const tab = await first.source.signIns.next()
  expect(await second.book.cancel('microsoft365')).toMatchObject({ ok: true })
  expect(await first.book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'cancelled' })
  expect(tab.context.signal.aborted).toBe(true)
  expect(await second.book.restart('microsoft365')).toMatchObject({ ok: true })
})

test('a refresh in a second process is refused as running elsewhere, also during a first import', async () => {
  const device = new Device()
  const [first, second] = [await device.open(), await device.open()]
  await first.book.signIn('microsoft365')
  expect(await second.book.refresh('microsoft365')).toEqual({ ok: false, refusal: 'running-elsewhere' })
})

test('a command that conflicts with an append of another process keeps its lock and runs its task', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const { book, source } = await device.open({ store })
  await book.signIn('microsoft365')
  await source.signIns.next()
  await book.cancel('microsoft365')
  const append = store.append.bind(store)
  const late = lateRedirectRecorder(memoryStore(device.log), systemClock, 'microsoft365')
  let isFirst = true
  store.append = async (...appended) => {
    if (isFirst) await late.answered('earlier')
    isFirst = false
    return append(...appended)
  }
  expect(await book.restart('microsoft365')).toMatchObject({ ok: true })
  expect((await eventTypes(book)).slice(-2)).toEqual(['report.ignored', 'attempt.requested'])
  expect(account(book)).toMatchObject({ state: 'consenting', runner: 'here' })
  expect((await source.signIns.next()).context.signal.aborted).toBe(false)
  const second = await device.open()
  expect(await second.book.restart('microsoft365')).toEqual({ ok: false, refusal: 'running-elsewhere' })
})

test('a failure that could not be recorded is forgotten once another process has ended the attempt', async () => {
  const device = new Device()
  const store = memoryStore(device.log)
  const [first, second] = [await device.open({ store }), await device.open()]
  await first.book.signIn('microsoft365')
  const tab = await first.source.signIns.next()
  const append = store.append.bind(store)
  store.append = () => Promise.reject(new ImportFailure('storage-full'))
  await tab.grant()
  expect(account(first.book)).toMatchObject({ state: 'failed', code: 'storage-full' })
  await second.book.cancel('microsoft365')
  await expect.poll(() => account(first.book).state).toBe('cancelled')
  store.append = append
  expect(await second.book.restart('microsoft365')).toMatchObject({ ok: true })
  expect(await first.book.restart('microsoft365')).toEqual({ ok: false, refusal: 'running-elsewhere' })
  expect(await eventTypes(first.book)).not.toContain('attempt.failed')
})

test('what one process imports, the other shows', async () => {
  const device = new Device()
  const first = await device.open()
  const second = await device.open()
  const shown = new Promise<void>((resolve) => {
    second.book.contacts.subscribe((contacts) => contacts.length === 3 && resolve())
  })
  await importAll(first, sampleContacts(3))
  await shown
  expect(account(second.book)).toMatchObject({ state: 'imported', list: { count: 3 } })
})

test.each(['ends', 'is cancelled by the other process'])(
  'once an import %s, both processes offer the next one',
  async (end) => {
    const device = new Device()
    const [first, second] = [await device.open(), await device.open()]
    const { attempt, fetch } = await signedIn(first)
    await expect.poll(() => account(second.book).commands.restart).toBe('running-elsewhere')
    if (end === 'ends') await list(fetch)
    else await second.book.cancel('microsoft365')
    await first.book.outcome(attempt)
    for (const { book } of [first, second])
      await expect
        .poll(() => account(book).commands)
        .toMatchObject({ restart: null, cancel: 'nothing-running' })
  },
)

test('of two processes that start at the same moment, one runs and the other is refused', async () => {
  const device = new Device()
  const [first, second] = [await device.open(), await device.open()]
  const results = await Promise.all([first.book.signIn('microsoft365'), second.book.signIn('microsoft365')])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await eventTypes(first.book)).toEqual(['attempt.requested'])
})

test('opening starts nothing, and shows that no process runs the interrupted attempt', async () => {
  const device = new Device()
  const first = await device.open()
  await first.book.signIn('microsoft365')
  await first.source.signIns.next()
  device.crash()
  const { book, source } = await device.open()
  expect(account(book)).toMatchObject({ state: 'consenting', runner: 'nobody' })
  expect(account(book).commands).toMatchObject({ restart: null, cancel: null, signIn: 'restart-first' })
  expect(source.signIns.size).toBe(0)
})

test('resume fails a sign-in whose tab is gone, and continues a fetch after its last page', async () => {
  const device = new Device()
  const first = await device.open()
  await first.book.signIn('microsoft365')
  device.crash()
  const second = await device.open()
  expect(await second.book.resume()).toMatchObject([{ as: 'interrupted' }])
  expect(account(second.book)).toMatchObject({ state: 'failed', code: 'interrupted' })

  await second.book.restart('microsoft365')
  await (await second.source.signIns.next()).grant()
  const fetch = await second.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([sampleContact('a')], 'after page 1'))
  device.crash()

  const third = await device.open()
  expect(account(third.book)).toMatchObject({ state: 'fetching', runner: 'nobody', counts: { pages: 1 } })
  const [resumed] = await third.book.resume()
  expect(resumed).toMatchObject({ as: 'continued' })
  const rest = await third.source.fetches.next()
  expect(rest.request).toMatchObject({ attempt: resumed?.attempt, resumeFrom: 'after page 1' })
  await rest.emit(page([sampleContact('b')]))
  void rest.emit({ type: 'listing.finished', cursor: null, verified: true })
  expect(await third.book.outcome(resumed?.attempt ?? '')).toMatchObject({ completion: { imported: 2 } })
})

test('a fetch whose last page is older than an hour starts over', async () => {
  const device = new Device()
  let time = Date.parse('2026-03-01T08:00:00Z')
  const clock = { now: () => new Date(time), newId: () => crypto.randomUUID() }
  const first = await device.open({ clock })
  await first.book.signIn('microsoft365')
  await (await first.source.signIns.next()).grant()
  const fetch = await first.source.fetches.next()
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([sampleContact('a')], 'after page 1'))
  device.crash()
  time += 61 * 60 * 1000
  const second = await device.open({ clock })
  await second.book.resume()
  expect((await second.source.fetches.next()).request.resumeFrom).toBeNull()
})

test('resume leaves the attempt of another process alone', async () => {
  const device = new Device()
  const first = await device.open()
  await first.book.signIn('microsoft365')
  const second = await device.open()
  expect(await second.book.resume()).toMatchObject([{ as: 'elsewhere' }])
  expect(account(second.book)).toMatchObject({ state: 'consenting', runner: 'elsewhere' })
})

test('restart of an attempt that no process runs fails it first, then starts another', async () => {
  const device = new Device()
  const first = await device.open()
  await importAll(first, sampleContacts(2))
  await first.book.refresh('microsoft365')
  device.crash()
  const second = await device.open()
  expect(await second.book.restart('microsoft365')).toMatchObject({ ok: true })
  expect((await eventTypes(second.book)).slice(-2)).toEqual(['attempt.failed', 'attempt.requested'])
  expect(names(second.book)).toHaveLength(2)
  expect(second.source.fetches.size).toBe(0)
})

test('microsoft365 and outlook exclude each other; google is independent', async () => {
  const device = new Device()
  const open = (source: 'microsoft365' | 'outlook' | 'google') =>
    device.open({ source: new ScriptedSource(source) })
  const microsoft = await open('microsoft365')
  const outlook = await open('outlook')
  await microsoft.book.signIn('microsoft365')
  expect(await outlook.book.signIn('outlook')).toEqual({ ok: false, refusal: 'other-microsoft-source' })
  expect(await (await open('google')).book.signIn('google')).toMatchObject({ ok: true })
  await microsoft.book.cancel('microsoft365')
  expect(await outlook.book.signIn('outlook')).toMatchObject({ ok: true })
  expect(await microsoft.book.restart('microsoft365')).toEqual({
    ok: false,
    refusal: 'other-microsoft-source',
  })
})

test('if microsoft365 and outlook start at the same moment, one of them runs', async () => {
  const device = new Device()
  const microsoft = await device.open()
  const outlook = await device.open({ source: new ScriptedSource('outlook') })
  const results = await Promise.all([microsoft.book.signIn('microsoft365'), outlook.book.signIn('outlook')])
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(results.filter((result) => !result.ok)).toEqual([{ ok: false, refusal: 'other-microsoft-source' }])
})

test('an import that a crash left under way still excludes the other one, until it is cancelled', async () => {
  const device = new Device()
  const microsoft = await device.open()
  await microsoft.book.signIn('microsoft365')
  device.crash()
  const both = [new ScriptedSource('microsoft365'), new ScriptedSource('outlook')] as const
  const { book } = await device.open({ source: both[1] })
  expect(await book.signIn('outlook')).toEqual({ ok: false, refusal: 'other-microsoft-source' })
  const again = await device.open({ source: both[0] })
  await again.book.cancel('microsoft365')
  expect(await book.signIn('outlook')).toMatchObject({ ok: true })
})

test('a refused command keeps no lock: another process can resume the attempt', async () => {
  const device = new Device()
  const first = await device.open()
  await first.book.signIn('microsoft365')
  await (await first.source.signIns.next()).grant()
  await first.source.fetches.next()
  device.crash()
  const second = await device.open()
  expect(await second.book.signIn('microsoft365')).toEqual({ ok: false, refusal: 'restart-first' })
  expect(second.source.fetches.size).toBe(0)
  const third = await device.open()
  expect(await third.book.resume()).toMatchObject([{ as: 'continued' }])
})

test('a closed book leaves its fetch to be resumed', async () => {
  const device = new Device()
  const first = await device.open()
  await first.book.signIn('microsoft365')
  await (await first.source.signIns.next()).grant()
  await first.source.fetches.next()
  await first.book.close()
  const second = await device.open()
  expect(await second.book.resume()).toMatchObject([{ as: 'continued' }])
  await list(await second.source.fetches.next())
  await second.book.outcome(account(second.book).attempt?.id ?? '')
  expect(await refreshAll(second, sampleContacts(3))).toMatchObject({ completion: { added: 0, removed: 0 } })
})
