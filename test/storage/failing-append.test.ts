import { describe, expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { ImportFailure } from '../../src/index.ts'
import type { EventStore, FailureCode } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { account, Device, finished, importAll, names, page, refreshAll } from '../core/device.ts'

const codes = [
  'storage-full',
  'storage-read-only',
  'storage-damaged',
  'storage-unavailable',
] satisfies FailureCode[]

/** A store whose appends fail from the n-th on, until it is repaired. */
const failingFrom = (store: EventStore, first: number, code: FailureCode) => {
  let left = first
  let isMended = false
  const append: EventStore['append'] = async (...appended) => {
    if (--left <= 0 && !isMended) throw new ImportFailure(code)
    return store.append(...appended)
  }
  return { store: { ...store, append }, mend: () => (isMended = true) }
}

const contacts = sampleContacts(6)
/** What a refresh appends: the request, the count, three pages, the completion. */
const APPENDS = 6

type Opened = Awaited<ReturnType<Device['open']>>

/** Refreshes until the store fails. Resolves to the code of the failure. */
const refreshed = async ({ book, source }: Opened): Promise<string | null> => {
  const started = await book.refresh('microsoft365').catch((error: unknown) => error as ImportFailure)
  if (started instanceof ImportFailure) return started.code
  if (!started.ok) throw new Error(started.refusal)
  const fetch = await source.fetches.next()
  const listing = async () => {
    await fetch.emit({ type: 'contacts.counted', count: 6 })
    for (const from of [0, 2, 4]) await fetch.emit(page(contacts.slice(from, from + 2)))
    await fetch.emit(finished)
  }
  const outcome = book.outcome(started.attempt)
  await Promise.race([outcome, listing()])
  const { state, code } = await outcome
  expect(fetch.context.signal.aborted).toBe(state === 'failed')
  return code
}

describe.each(codes)('where an append fails with %s,', (code) => {
  const deaths = Array.from({ length: APPENDS }, (_, index) => index + 1)

  test.each(deaths)('number %i of a refresh, the list stays, and everything works afterwards', async (n) => {
    const device = new Device()
    const first = await device.open()
    await importAll(first)
    await first.book.close()
    const { store, mend } = failingFrom(memoryStore(device.log), n, code)
    const opened = await device.open({ store })
    const recorded = device.log.last

    expect(await refreshed(opened)).toBe(code)
    expect(names(opened.book)).toHaveLength(3)
    // A command that could not be recorded has not happened; an attempt under way has failed.
    expect(account(opened.book)).toMatchObject(
      n === 1 ? { state: 'imported', code: null } : { state: 'failed', code },
    )
    expect(device.log.last).toBe(recorded + n - 1)
    await expect(opened.book.refresh('microsoft365')).rejects.toMatchObject({ code })
    expect(names((await device.open()).book)).toHaveLength(3)

    mend()
    await refreshAll(opened, contacts)
    expect(account(opened.book)).toMatchObject({ state: 'imported', list: { count: 6 } })
    const { book } = await device.open()
    expect(names(book)).toEqual(names(opened.book))
    expect(book.history.get().map(({ outcome, code }) => [outcome, code])).toEqual([
      ['imported', null],
      ...(n === 1 ? [] : [['failed', code]]),
      ['imported', null],
    ])
  })

  test('a cancel stops the import immediately, and its result says that it could not be recorded', async () => {
    const device = new Device()
    const { store, mend } = failingFrom(memoryStore(device.log), 3, code)
    const { book, source } = await device.open({ store })
    await book.signIn('microsoft365')
    await (await source.signIns.next()).grant()
    const fetch = await source.fetches.next()
    await expect(book.cancel('microsoft365')).rejects.toMatchObject({ code })
    expect(fetch.context.signal.aborted).toBe(true)
    expect(account(book)).toMatchObject({ state: 'failed', code })
    mend()
    expect(await book.restart('microsoft365')).toMatchObject({ ok: true })
  })

  test('the result of a sign-out says so, and nothing is readable; it works as soon as the store does', async () => {
    const device = new Device()
    const { store, mend } = failingFrom(memoryStore(device.log), 1, code)
    const first = await device.open()
    await importAll(first)
    await first.book.close()
    const { book, source } = await device.open({ store })
    await expect(book.signOut('microsoft365')).rejects.toMatchObject({ code })
    expect(names(book)).toEqual([])
    expect(account(book)).toMatchObject({ state: 'imported', list: { count: 3, status: 'lost' } })
    expect(device.keyNames()).toEqual([])
    expect(source.signOuts).toBeGreaterThan(0)
    mend()
    expect(await book.signOut('microsoft365')).toMatchObject({ ok: true })
    expect(account(book).state).toBe('idle')
  })
})
