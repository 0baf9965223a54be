import { describe, expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { isImportFailure, lateRedirectRecorder, openContactBook, PositionConflict } from '../../src/index.ts'
import type { EventStore } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { account, Device, eventTypes, finished, importAll, names, page } from '../core/device.ts'
import { storages } from '../model/storages.ts'

const ROUNDS = 25

/** The number of writes that were recorded. Expects that every other one says that the store was busy. */
const recorded = async (writes: readonly Promise<unknown>[]): Promise<number> => {
  const failures = (await Promise.allSettled(writes)).filter((write) => write.status === 'rejected')
  for (const { reason } of failures) expect(reason).toMatchObject({ code: 'storage-busy' })
  return writes.length - failures.length
}

describe.each(['memory', 'sqlite'] as const)('four writers at once on one %s store', (kind) => {
  test('succeed or say that it was busy, and nothing is recorded twice or lost', async () => {
    const { open, dispose } = await storages[kind]()
    const stores = await Promise.all([1, 2, 3, 4].map(open))
    let conflicts = 0
    const counted = (store: EventStore): EventStore => {
      const append = store.append.bind(store)
      const count = (error: unknown): never => {
        if (error instanceof PositionConflict) conflicts++
        throw error
      }
      return Object.assign(store, {
        append: (...what: Parameters<typeof append>) => append(...what).catch(count),
      })
    }
    const writers = stores.map(({ events }) => lateRedirectRecorder(counted(events), systemClock, 'google'))
    const writes = writers.flatMap((writer, each) =>
      Array.from({ length: ROUNDS }, (_, round) => writer.answered(`attempt ${round} of writer ${each}`)),
    )
    const through = await recorded(writes)
    expect(through).toBeGreaterThan(ROUNDS)
    expect(conflicts).toBeGreaterThan(0)
    const attempts: (string | null)[] = []
    for await (const { attempt } of stores[0]!.events.read(0, { payloads: false })) attempts.push(attempt)
    expect(attempts).toHaveLength(through)
    expect(new Set(attempts).size).toBe(through)
    for (const { events, locks } of stores) await Promise.all([events.close(), locks.close()])
    await dispose()
  })

  test('two of which import, while two record late sign-ins: both lists are whole', async () => {
    const { open, dispose } = await storages[kind]()
    const stores = await Promise.all([1, 2, 3, 4].map(open))
    const sources = [new ScriptedSource('microsoft365'), new ScriptedSource('google')] as const
    const late = stores.slice(2).map(({ events }) => lateRedirectRecorder(events, systemClock, 'outlook'))
    const noise = late.flatMap((writer) => Array.from({ length: ROUNDS }, () => writer.answered('earlier')))
    const books = await Promise.all(
      sources.map((source, index) =>
        openContactBook({ store: stores[index]!, sources: [source], clock: systemClock }),
      ),
    )
    const imports = sources.map(async (source, index) => {
      const book = books[index]!
      const started = await book.signIn(source.source)
      await (await source.signIns.next()).grant()
      const fetch = await source.fetches.next()
      await fetch.emit({ type: 'contacts.counted', count: 40 })
      for (let from = 0; from < 40; from += 2) {
        const ids = [from, from + 1].map((id) => `${source.source} ${id}`)
        await fetch.emit(page(ids.map((id) => sampleContact(id, { source: source.source }))))
      }
      void fetch.emit(finished)
      return book.outcome(started.ok ? started.attempt : '')
    })
    const outcomes = await Promise.all(imports)
    for (const { state, code } of outcomes) {
      expect([state, code]).toEqual(state === 'imported' ? ['imported', null] : ['failed', 'storage-busy'])
    }
    const through = await recorded(noise)
    const whole = outcomes.filter(({ state }) => state === 'imported').length
    await Promise.all(books.map((book) => book.close()))
    for (const { events, locks } of stores.slice(2)) await Promise.all([events.close(), locks.close()])

    const book = await openContactBook({ store: await open(), sources: [...sources], clock: systemClock })
    expect(book.contacts.get()).toHaveLength(40 * whole)
    expect((await eventTypes(book)).filter((type) => type === 'report.ignored')).toHaveLength(through)
    await book.close()
    await dispose()
  })
})

describe('a store to which others always write first', () => {
  /** The number of attempts to append to it. */
  let tries: number
  const busy = (store: EventStore): EventStore => {
    tries = 0
    const append = () => {
      tries++
      return Promise.reject(new PositionConflict('Another writer appended first.'))
    }
    return { ...store, append }
  }

  test('fails a command as storage-busy after 20 conflicts, and nothing is recorded', async () => {
    const device = new Device()
    const { book, source } = await device.open({ store: busy(memoryStore(device.log)) })
    await expect(book.signIn('microsoft365')).rejects.toMatchObject({ code: 'storage-busy' })
    expect(tries).toBe(20)
    expect(source.signIns.size).toBe(0)
    expect(device.log.records).toEqual([])
    expect(account(book)).toMatchObject({ state: 'idle', commands: { signIn: null } })
    // The command holds no lock either.
    expect(await (await device.open()).book.signIn('microsoft365')).toMatchObject({ ok: true })
  })

  test('fails an attempt whose report cannot be recorded, and the failure is recorded later', async () => {
    const device = new Device()
    const store = memoryStore(device.log)
    const append = store.append.bind(store)
    const { book, source } = await device.open({ store })
    await importAll({ book, source })
    const started = await book.refresh('microsoft365')
    const fetch = await source.fetches.next()
    store.append = busy(store).append.bind(store)
    void fetch.emit({ type: 'contacts.counted', count: 1 })
    expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({ code: 'storage-busy' })
    expect(fetch.context.signal.aborted).toBe(true)
    expect(names(book)).toHaveLength(3)
    store.append = append
    expect(await book.refresh('microsoft365')).toMatchObject({ ok: true })
    expect((await eventTypes(book)).slice(-2)).toEqual(['attempt.failed', 'attempt.requested'])
  })

  test('fails a late sign-in as storage-busy', async () => {
    const late = lateRedirectRecorder(busy(memoryStore()), systemClock, 'microsoft365')
    const error: unknown = await late.answered('earlier').catch((error: unknown) => error)
    expect(isImportFailure(error) && error.code).toBe('storage-busy')
    expect(tries).toBe(20)
  })

  test('only makes a compaction report an error to developers', async () => {
    const device = new Device()
    const store = memoryStore(device.log)
    const append = store.append.bind(store)
    const { book, source } = await device.open({ store })
    await importAll({ book, source })
    // A compaction drops payloads without appending an event.
    store.append = (expected, events, drop) =>
      events.length === 0 ? busy(store).append(expected, events, drop) : append(expected, events, drop)
    const started = await book.restart('microsoft365')
    await (await source.signIns.next()).grant()
    const fetch = await source.fetches.next()
    await fetch.emit({ type: 'contacts.counted', count: 5 })
    await fetch.emit(page(sampleContacts(5)))
    void fetch.emit(finished)
    expect(await book.outcome(started.ok ? started.attempt : '')).toMatchObject({ state: 'imported' })
    await book.close()
    expect(device.diagnosed).toMatchObject([{ code: 'storage-busy' }])
  })
})
