import { describe, expect, test } from 'vitest'
import type { Waiting } from '../../../ports/contact-source.ts'
import { createRequestGate } from '../request-gate.ts'
import { defaultLimits } from '../limits.ts'
import { retry } from './retry.ts'
import type { Timers } from '../timers.ts'
import { TransientError } from './transient-error.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A device whose clock the test controls: it moves on by each wait, and by `during` for each wait. */
const device = (during: (wait: number) => number = () => 0) => {
  let now = Date.UTC(2026, 10, 24)
  let waits = 0
  const timers: Timers = {
    now: () => now,
    random: () => 0.5,
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted()
      now += milliseconds + during(++waits)
    },
  }
  return { timers, waits: () => waits, pass: (milliseconds: number) => (now += milliseconds) }
}

const offline = () => new TransientError('offline', 'offline')

/** Sends a request that fails until `isBack`. */
const send = async (
  { timers, pass }: ReturnType<typeof device>,
  { isBack = (): boolean => false, takes = 0, fail = offline, network = null as EventTarget | null } = {},
) => {
  const waitings: (Waiting | null)[] = []
  let tries = 0
  const sent = {
    execute: async () => {
      tries++
      pass(takes)
      if (!isBack()) throw fail()
    },
  }
  const gate = createRequestGate(3, timers)
  const onWaiting = (waiting: Waiting | null) => void waitings.push(waiting)
  const chain = retry(sent, { gate, limits: defaultLimits, timers, network, onWaiting })
  const outcome = await chain.execute({ request: 'https://graph.example.test' }).then(
    () => 'sent',
    (error: unknown) => (error as { code: string }).code,
  )
  return { outcome, tries, waitings }
}

describe('the time for retries', () => {
  test('is two minutes of failures', async () => {
    const made = device()
    const start = made.timers.now()
    expect((await send(made)).outcome).toBe('offline')
    expect(made.timers.now() - start).toBe(defaultLimits.retries)
  })

  test.each([
    ['an hour of sleep', HOUR],
    ['a day of sleep', DAY],
    ['a clock that is set back by a day', -DAY],
    ['a clock that is set back by a minute', -60_000],
  ])('is not used up by %s', async (_, jump) => {
    const awake = await send(device())
    const made = device((wait) => (wait === 3 ? jump : 0))
    const asleep = await send(made, { isBack: () => made.waits() >= 7 })
    expect(asleep.outcome).toBe('sent')
    expect(awake.tries).toBeGreaterThan(7)
  })

  test('is not used up by a sleep in the middle of a request', async () => {
    const made = device()
    let requests = 0
    const asleep = await send(made, {
      isBack: () => {
        if (++requests === 3) made.pass(HOUR)
        return requests > 6
      },
    })
    expect(asleep.outcome).toBe('sent')
  })

  test.each([
    ['forwards', DAY],
    ['back', -DAY],
  ])('ends although the clock is set %s in every wait', async (_, jump) => {
    const made = device(() => jump)
    const { outcome, tries } = await send(made)
    expect(outcome).toBe('offline')
    expect(tries).toBeLessThan(30)
  })

  test('includes the time that slow requests take', async () => {
    const quick = await send(device())
    const slow = await send(device(), { takes: 25_000 })
    expect(slow.tries).toBeLessThan(quick.tries)
  })

  test('of a connection that is not secure ends after a few tries', async () => {
    const fail = () => new TransientError('connection-not-secure', 'offline', { fewTries: true })
    expect(await send(device(), { fail })).toMatchObject({
      outcome: 'connection-not-secure',
      tries: defaultLimits.fewTries + 1,
    })
  })
})

describe('when the network is back', () => {
  /** A wait that ends only if it is aborted. */
  const waitingForEver = () => {
    const made = device()
    const starts: (() => void)[] = []
    const begun = (): Promise<void> => new Promise((resolve) => starts.push(resolve))
    const wait: Timers['wait'] = (_, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        starts.shift()?.()
      })
    return { made: { ...made, timers: { ...made.timers, wait } }, begun }
  }

  test.each([
    ['of a device without a network', offline],
    [
      'of a page that learns no cause',
      () => new TransientError('service-unavailable', 'service-unavailable'),
    ],
  ])('the wait %s ends, and the next one is short again', async (_, fail) => {
    const { made, begun } = waitingForEver()
    const network = new EventTarget()
    let tries = 0
    const first = begun()
    const sent = send(made, { network, fail, isBack: () => ++tries > 4 })
    await first
    for (let round = 0; round < 3; round++) {
      const next = begun()
      network.dispatchEvent(new Event('online'))
      await next
    }
    network.dispatchEvent(new Event('online'))
    const { outcome, waitings } = await sent
    expect(outcome).toBe('sent')
    const ends = waitings.flatMap((waiting) => (waiting === null ? [] : [waiting.until.getTime()]))
    expect(new Set(ends).size).toBe(1)
    expect(waitings.at(-1)).toBe(null)
  })

  test.each([
    ['the service asked for', () => new TransientError('throttled', 'throttled', { retryAfter: 20_000 })],
    [
      'follows an error of the server',
      () => new TransientError('service-unavailable', 'service-unavailable', { details: { status: 503 } }),
    ],
  ])('a wait that %s continues', async (_, fail) => {
    const network = new EventTarget()
    const made = device()
    const ended: number[] = []
    const wait: Timers['wait'] = async (milliseconds, signal) => {
      network.dispatchEvent(new Event('online'))
      await made.timers.wait(milliseconds, signal)
      ended.push(milliseconds)
    }
    let tries = 0
    const throttledDevice = { ...made, timers: { ...made.timers, wait } }
    await send(throttledDevice, { network, fail, isBack: () => ++tries > 1 })
    expect(ended).toHaveLength(1)
  })
})

describe('a pause of all requests', () => {
  test.each([
    ['stays as long as it was if the clock is set back', -DAY],
    ['is over after a sleep', HOUR],
  ])('%s', async (_, jump) => {
    const made = device()
    const gate = createRequestGate(3, made.timers)
    gate.pause(made.timers.now() + 20_000)
    made.pass(jump)
    const start = made.timers.now()
    const leave = await gate.enter(new AbortController().signal)
    leave()
    expect(made.timers.now() - start).toBe(jump < 0 ? 20_000 : 0)
  })
})
