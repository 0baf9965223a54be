import { describe, expect, it } from 'vitest'
import { TransientError } from '../http/retry/transient-error.ts'
import { persist } from './persistence.ts'

/** Timers whose waits last until they are aborted. */
const waitingForever = (waits: number[]) => ({
  now: () => 0,
  random: () => 0,
  wait: (milliseconds: number, signal: AbortSignal) =>
    new Promise<void>((_, reject) => {
      waits.push(milliseconds)
      signal.addEventListener('abort', () => reject(signal.reason as Error))
    }),
})

describe('a request to an authority that cannot be reached', () => {
  it('is sent again as soon as the network is back', async () => {
    const network = new EventTarget()
    const waits: number[] = []
    const answers = [new TransientError('offline', 'offline'), 'answer']
    const persisted = persist(async () => answers.shift() ?? 'none left', {
      patience: 30_000,
      signal: null,
      network,
      timers: waitingForever(waits),
    })
    await Promise.resolve()
    await Promise.resolve()
    network.dispatchEvent(new Event('online'))
    expect(await persisted).toBe('answer')
    expect(waits).toEqual([250])
  })

  it('waits as long as the authority asked, whatever the network says', async () => {
    const network = new EventTarget()
    const ended = new AbortController()
    const waits: number[] = []
    const asked = new TransientError('service-unavailable', 'service-unavailable', { retryAfter: 9000 })
    let sent = 0
    const persisted = persist(
      async () => {
        sent++
        return asked
      },
      { patience: 30_000, signal: ended.signal, network, timers: waitingForever(waits) },
    )
    await Promise.resolve()
    await Promise.resolve()
    network.dispatchEvent(new Event('online'))
    ended.abort(new Error('over'))
    await expect(persisted).rejects.toThrow('over')
    expect([sent, waits]).toEqual([1, [9000]])
  })

  it('has as much time after a sleep as before', async () => {
    let now = 0
    let sent = 0
    const timers = {
      now: () => now,
      random: () => 0,
      // Each wait takes an hour by the clock.
      wait: async () => void (now += 3_600_000),
    }
    const offline = new TransientError('offline', 'offline')
    const failed = persist(
      async () => {
        sent++
        return offline
      },
      { patience: 100_000, signal: null, timers },
    )
    await expect(failed).rejects.toMatchObject({ code: 'offline' })
    expect(sent).toBeGreaterThan(2)
  })
})
