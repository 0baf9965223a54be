import { describe, expect, test } from 'vitest'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { ImportFailure } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { account, Device, eventTypes, finished, list, names, page, signedIn } from './device.ts'

type Opened = Awaited<ReturnType<Device['open']>>

const atTab = async ({ book, source }: Opened) => {
  await book.signIn('microsoft365')
  return source.signIns.next()
}
const fetchingPage = async (opened: Opened) => {
  const { attempt, fetch } = await signedIn(opened)
  await fetch.emit({ type: 'contacts.counted', count: 2 })
  await fetch.emit(page([sampleContact('a')], 'after page 1'))
  return { attempt, fetch }
}
const runnersSeen = (...opened: readonly Opened[]) => opened.map(({ book }) => account(book).runner)

describe('a process that ends while it imports', () => {
  test.each([
    ['signs in', atTab, 'consenting'],
    ['fetches', fetchingPage, 'fetching'],
  ] as const)('and %s is noticed by every other book, which offers what is possible now', async (...row) => {
    const [, begin, state] = row
    const device = new Device()
    const [first, second, third] = [await device.open(), await device.open(), await device.open()]
    await begin(first)
    await expect.poll(() => runnersSeen(second, third)).toEqual(['elsewhere', 'elsewhere'])
    const recorded = await eventTypes(second.book)
    first.crash()
    await expect.poll(() => runnersSeen(second, third)).toEqual(['nobody', 'nobody'])
    for (const { book } of [second, third])
      expect(account(book)).toMatchObject({
        state,
        commands: { signIn: 'restart-first', restart: null, refresh: 'restart-first', cancel: null },
      })
    expect(second.source.signIns.size + second.source.fetches.size).toBe(0)
    expect(await eventTypes(second.book)).toEqual(recorded)
    expect(device.diagnosed).toEqual([])
  })

  test('is noticed as well if its book was closed in an orderly way', async () => {
    const device = new Device()
    const [first, second] = [await device.open(), await device.open()]
    await fetchingPage(first)
    await expect.poll(() => runnersSeen(second)).toEqual(['elsewhere'])
    await first.book.close()
    await expect.poll(() => runnersSeen(second)).toEqual(['nobody'])
    expect(account(second.book)).toMatchObject({ state: 'fetching', commands: { restart: null } })
  })

  test('is replaced by a book that resumes attempts, which continues after the last page', async () => {
    const device = new Device()
    const [first, second] = [await device.open(), await device.open()]
    await second.book.resume()
    const { attempt } = await fetchingPage(first)
    await expect.poll(() => runnersSeen(second)).toEqual(['elsewhere'])
    first.crash()
    const rest = await second.source.fetches.next()
    expect(rest.request).toMatchObject({ attempt, resumeFrom: 'after page 1' })
    expect(account(second.book)).toMatchObject({ state: 'fetching', runner: 'here' })
    await rest.emit(page([sampleContact('b')]))
    void rest.emit(finished)
    expect(await second.book.outcome(attempt)).toMatchObject({ completion: { imported: 2 } })
    expect(names(second.book)).toHaveLength(2)
  })

  test('is replaced even if the book that resumes attempts found it running when it was asked to', async () => {
    const device = new Device()
    const first = await device.open()
    const { attempt } = await fetchingPage(first)
    const second = await device.open()
    expect(await second.book.resume()).toEqual([{ source: 'microsoft365', attempt, as: 'elsewhere' }])
    first.crash()
    expect((await second.source.fetches.next()).request).toMatchObject({ attempt })
  })

  test('is replaced even if it ends before another book has heard of its attempt', async () => {
    const device = new Device()
    const [first, second] = [await device.open(), await device.open()]
    await second.book.resume()
    await first.book.signIn('microsoft365')
    first.crash()
    await expect.poll(() => account(second.book)).toMatchObject({ state: 'failed', code: 'interrupted' })
  })

  test('leaves a sign-in that fails as interrupted in a book that resumes attempts, once', async () => {
    const device = new Device()
    const [first, second, third] = [await device.open(), await device.open(), await device.open()]
    for (const { book } of [second, third]) await book.resume()
    await atTab(first)
    await expect.poll(() => runnersSeen(second, third)).toEqual(['elsewhere', 'elsewhere'])
    first.crash()
    for (const { book } of [second, third]) {
      await expect
        .poll(() => account(book))
        .toMatchObject({
          state: 'failed',
          code: 'interrupted',
          runner: null,
          commands: { restart: null },
        })
    }
    // Each book has handled the end of the process before it answers a command.
    for (const { book } of [second, third]) await book.resume()
    expect(await eventTypes(second.book)).toEqual(['attempt.requested', 'attempt.failed'])
    expect(device.diagnosed).toEqual([])
  })

  test('is replaced by exactly one of several, and the next one takes over when that one ends', async () => {
    const device = new Device()
    const [first, ...others] = [await device.open(), await device.open(), await device.open()]
    for (const { book } of others) await book.resume()
    const { attempt } = await fetchingPage(first)
    await expect.poll(() => runnersSeen(...others)).toEqual(['elsewhere', 'elsewhere'])
    first.crash()
    await expect.poll(() => runnersSeen(...others).toSorted()).toEqual(['elsewhere', 'here'])
    const [taker, waiter] = runnersSeen(...others)[0] === 'here' ? others : others.toReversed()
    if (!taker || !waiter) throw new Error('there are two')
    await taker.source.fetches.next()
    expect(waiter.source.fetches.size).toBe(0)
    taker.crash()
    await list(await waiter.source.fetches.next())
    expect(await waiter.book.outcome(attempt)).toMatchObject({ state: 'imported' })
    expect(runnersSeen(waiter)).toEqual([null])
  })

  test('and whose attempt a person then starts again elsewhere is not replaced by a second book', async () => {
    const device = new Device()
    const [first, second, third] = [await device.open(), await device.open(), await device.open()]
    await third.book.resume()
    await fetchingPage(first)
    await expect.poll(() => runnersSeen(second, third)).toEqual(['elsewhere', 'elsewhere'])
    first.crash()
    const results = await second.book.restart('microsoft365')
    const running = results.ok ? second : third
    await expect
      .poll(() => runnersSeen(second, third))
      .toEqual(results.ok ? ['here', 'elsewhere'] : ['elsewhere', 'here'])
    expect(running.source.signIns.size + running.source.fetches.size).toBe(1)
    const idle = running === second ? third : second
    expect(idle.source.signIns.size + idle.source.fetches.size).toBe(0)
  })
})

describe('a book that waits for the end of another process', () => {
  test('starts nothing when the attempt ends as usual', async () => {
    const device = new Device()
    const [first, second] = [await device.open(), await device.open()]
    await second.book.resume()
    const { attempt, fetch } = await signedIn(first)
    await expect.poll(() => runnersSeen(second)).toEqual(['elsewhere'])
    await list(fetch)
    await first.book.outcome(attempt)
    await expect.poll(() => account(second.book).state).toBe('imported')
    await first.book.close()
    await second.book.resume()
    expect(second.source.fetches.size).toBe(0)
    expect(await eventTypes(second.book)).not.toContain('report.ignored')
    expect(account(second.book).commands).toMatchObject({ restart: null, refresh: null })
  })

  test('starts nothing once it is closed', async () => {
    const device = new Device()
    const [first, second, third] = [await device.open(), await device.open(), await device.open()]
    await second.book.resume()
    await fetchingPage(first)
    await expect.poll(() => runnersSeen(second, third)).toEqual(['elsewhere', 'elsewhere'])
    const closing = second.book.close()
    first.crash()
    await closing
    await expect.poll(() => runnersSeen(third)).toEqual(['nobody'])
    expect(second.source.fetches.size).toBe(0)
    expect(device.diagnosed).toEqual([])
  })

  test('shows that no process runs the attempt if the store cannot record its failure', async () => {
    const device = new Device()
    const store = memoryStore(device.log)
    const [first, second] = [await device.open(), await device.open({ store })]
    await second.book.resume()
    await atTab(first)
    await expect.poll(() => runnersSeen(second)).toEqual(['elsewhere'])
    store.append = () => Promise.reject(new ImportFailure('storage-full'))
    first.crash()
    await expect.poll(() => runnersSeen(second)).toEqual(['nobody'])
    expect(account(second.book)).toMatchObject({ state: 'consenting', commands: { restart: null } })
    expect(device.diagnosed).toEqual([])
  })
})
