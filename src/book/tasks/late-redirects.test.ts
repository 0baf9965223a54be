import { describe, expect, it } from 'vitest'
import { account, Device, eventTypes, importAll } from '../../../test/core/device.ts'
import { memoryStore } from '../../adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../adapters/system/system-clock.ts'
import type { EventStore } from '../../ports/event-store.ts'
import { lateRedirectRecorder } from './late-redirects.ts'

const cancelled = async () => {
  const device = new Device()
  const { book, source } = await device.open()
  const started = await book.signIn('microsoft365')
  await source.signIns.next()
  await book.cancel('microsoft365')
  const attempt = started.ok ? started.attempt : ''
  const store = memoryStore(device.log)
  return {
    device,
    book,
    source,
    attempt,
    store,
    late: lateRedirectRecorder(store, systemClock, 'microsoft365'),
  }
}

describe('a sign-in that returns after its process has ended', () => {
  it('is recorded as ignored, and changes nothing else', async () => {
    const { book, attempt, late } = await cancelled()
    await late.answered(attempt)
    expect(await eventTypes(book)).toEqual(['attempt.requested', 'attempt.cancelled', 'report.ignored'])
    await expect.poll(() => book.history.get()[0]?.ignored).toBe(1)
    expect(account(book).state).toBe('cancelled')
  })

  it('is recorded once each time, whatever other writers append meanwhile', async () => {
    const { device, book, source, attempt } = await cancelled()
    const store = memoryStore(device.log)
    let interfere = true
    const busy: EventStore = {
      ...store,
      append: async (expected, events, drop) => {
        if (interfere) {
          interfere = false
          await book.restart('microsoft365')
          await source.signIns.next()
        }
        return store.append(expected, events, drop)
      },
    }
    const late = lateRedirectRecorder(busy, systemClock, 'microsoft365')
    await Promise.all([late.answered(attempt), late.answered(attempt)])
    const types = await eventTypes(book)
    expect(types.filter((type) => type === 'report.ignored')).toHaveLength(2)
    expect(account(book).state).toBe('consenting')
  })

  it('from before a sign-out is not recorded: the sign-out stays the only event', async () => {
    const { book, attempt, late } = await cancelled()
    await book.signOut('microsoft365')
    await late.answered(attempt)
    expect(await eventTypes(book)).toEqual(['account.signed-out'])
    expect(account(book).state).toBe('idle')
    expect(book.history.get()).toEqual([])
  })

  it('from before a sign-out is not recorded after a later account is linked either, but one of that account is', async () => {
    const { book, source, attempt, late } = await cancelled()
    await book.signOut('microsoft365')
    const started = await book.signIn('microsoft365')
    await source.signIns.next()
    await book.cancel('microsoft365')
    await late.answered(attempt)
    const since = ['account.signed-out', 'attempt.requested', 'attempt.cancelled']
    expect(await eventTypes(book)).toEqual(since)
    await late.answered(started.ok ? started.attempt : '')
    expect(await eventTypes(book)).toEqual([...since, 'report.ignored'])
  })

  it('while a sign-out is under way leaves only the sign-out', async () => {
    for (const signsOutFirst of [true, false]) {
      const { device, book, attempt } = await cancelled()
      const store = memoryStore(device.log)
      const append = store.append.bind(store)
      const signOuts: Promise<unknown>[] = []
      store.append = async (...appended) => {
        if (signOuts.length === 0) signOuts.push(book.signOut('microsoft365'))
        if (signsOutFirst) await Promise.all(signOuts)
        return append(...appended)
      }
      await lateRedirectRecorder(store, systemClock, 'microsoft365').answered(attempt)
      await Promise.all(signOuts)
      expect(await eventTypes(book)).toEqual(['account.signed-out'])
    }
  })

  it('is recorded without reading a contact', async () => {
    const device = new Device()
    await importAll(await device.open())
    const store = memoryStore(device.log)
    const asked: boolean[] = []
    const watched: EventStore = {
      ...store,
      read: (from, options) => {
        asked.push(options.payloads)
        return store.read(from, options)
      },
    }
    await lateRedirectRecorder(watched, systemClock, 'microsoft365').answered('an earlier attempt')
    expect(new Set(asked)).toEqual(new Set([false]))
  })
})
