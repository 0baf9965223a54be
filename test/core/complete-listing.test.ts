import { describe, expect, test } from 'vitest'
import type { Json } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import type { ScriptedFetch } from '../../src/testing/scripted-source.ts'
import { account, Device, list, names, page } from './device.ts'

const DAY = 24 * 60 * 60 * 1000
const HOUR = 60 * 60 * 1000

/** A device with an imported list and a cursor, and a clock that the test sets. */
const importedDevice = async () => {
  const device = new Device()
  let now = Date.parse('2026-01-01T09:00:00Z')
  const clock = { now: () => new Date(now), newId: () => crypto.randomUUID() }
  const opened = await device.open({ clock })
  const { book, source } = opened
  const pass = (milliseconds: number) => {
    now += milliseconds
  }
  const listAll = async (fetch: ScriptedFetch, cursor: Json = 'cursor') => {
    await fetch.emit({ type: 'contacts.counted', count: 3 })
    await fetch.emit(page(sampleContacts(3)))
    void fetch.emit({ type: 'listing.finished', cursor, verified: true })
    await book.outcome(account(book).attempt?.id ?? '')
  }
  const nothingChanged = async (fetch: ScriptedFetch) => {
    void fetch.emit({ type: 'listing.finished', cursor: 'cursor', verified: true })
    await book.outcome(account(book).attempt?.id ?? '')
  }
  const begin = async (command: 'signIn' | 'restart' | 'refresh') => {
    const started = await book[command]('microsoft365')
    if (!started.ok) throw new Error(started.refusal)
    if (command !== 'refresh') await (await source.signIns.next()).grant()
    return source.fetches.next()
  }
  await listAll(await begin('signIn'))
  return { device, clock, book, source, pass, begin, listAll, nothingChanged }
}

describe('an attempt', () => {
  test('lists completely if it is a restart', async () => {
    const { begin, pass } = await importedDevice()
    pass(HOUR)
    const { request } = await begin('restart')
    expect(request).toMatchObject({ changesSince: null, isRefresh: false })
    expect(request.onDevice?.size).toBe(3)
  })

  test('asks for changes if it is a refresh', async () => {
    const { begin, pass } = await importedDevice()
    pass(5.9 * DAY)
    expect((await begin('refresh')).request).toMatchObject({ changesSince: 'cursor', isRefresh: true })
  })

  test('lists completely once a week if it is a refresh', async () => {
    const { begin, pass, nothingChanged, listAll } = await importedDevice()
    // Refreshes by changes do not postpone it.
    for (let day = 1; day <= 5; day++) {
      pass(DAY)
      const fetch = await begin('refresh')
      expect(fetch.request.changesSince).toBe('cursor')
      await nothingChanged(fetch)
    }
    pass(3.01 * DAY)
    const fetch = await begin('refresh')
    expect(fetch.request).toMatchObject({ changesSince: null, isRefresh: true })
    await listAll(fetch)
    pass(5.9 * DAY)
    expect((await begin('refresh')).request.changesSince).toBe('cursor')
  })

  test('does not wait for the next week after a complete listing that failed', async () => {
    const { begin, pass, book } = await importedDevice()
    pass(8.1 * DAY)
    const fetch = await begin('refresh')
    await fetch.emit({ type: 'contacts.counted', count: 3 })
    await fetch.fail('offline')
    await book.outcome(account(book).attempt?.id ?? '')
    expect((await begin('refresh')).request.changesSince).toBeNull()
  })

  test('lists completely once after a clock that was years ahead, and then by changes again', async () => {
    const { begin, pass, listAll, nothingChanged, book } = await importedDevice()
    pass(-4 * 365 * DAY)
    const fetch = await begin('refresh')
    expect(fetch.request.changesSince).toBeNull()
    await listAll(fetch)
    pass(DAY)
    const next = await begin('refresh')
    expect(next.request.changesSince).toBe('cursor')
    await nothingChanged(next)
    expect(account(book).lastTried).toBe(account(book).lastUpdated)
    expect(account(book).lastTried).toMatch(/^2022-/)
  })
})

describe('an interrupted attempt', () => {
  test.each(['restart', 'refresh'] as const)(
    'of a complete listing, by %s, continues with its own pages',
    async (by) => {
      const { device, begin, pass, clock } = await importedDevice()
      pass(9 * DAY)
      const fetch = await begin(by)
      await fetch.emit({ type: 'contacts.counted', count: 3 })
      await fetch.emit(page(sampleContacts(1), 'after one'))
      device.crash()
      pass(HOUR / 2)
      const next = await device.open({ clock })
      await next.book.resume()
      const { request } = await next.source.fetches.next()
      expect(request).toMatchObject({ resumeFrom: 'after one', changesSince: null })
      expect([...request.recorded.keys()]).toEqual(['c1'])
    },
  )

  test('of a complete listing that cannot continue does not apply changes to its partial list', async () => {
    const { device, begin, pass, clock } = await importedDevice()
    pass(DAY)
    const fetch = await begin('refresh')
    await fetch.emit({ type: 'contacts.counted', count: 3 })
    await fetch.emit(page(sampleContacts(1), 'after one'))
    device.crash()
    pass(2 * HOUR)
    const next = await device.open({ clock })
    await next.book.resume()
    const resumed = await next.source.fetches.next()
    expect(resumed.request).toMatchObject({ resumeFrom: null, changesSince: null })
    await list(resumed, [...sampleContacts(3), sampleContact('new')])
    await next.book.outcome(account(next.book).attempt?.id ?? '')
    expect(names(next.book)).toHaveLength(4)
  })
})
