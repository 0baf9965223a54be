import { expect, test } from 'vitest'
import { defaultLimits } from '../../src/adapters/http/limits.ts'
import { graphSdk, ours, withoutJitterAndGate, type Behaviour } from './behaviours.ts'
import type { Exchange } from './service.ts'
import { simulateFleet, type Fleet } from './simulate-fleet.ts'
import { summary } from './summary.ts'

const service = { limit: 20, window: 1_000, perMailbox: 4, latency: [100, 200] } as const

const run = async (behaviour: Behaviour, more: Partial<Fleet> = {}) => {
  const exchanges: Exchange[] = []
  const onExchange = (exchange: Exchange) => exchanges.push(exchange)
  const startDelay = () => 0
  const fleet = { devices: 60, steps: [1, 6], service, behaviour, startDelay, seed: 7, onExchange, ...more }
  return { outcome: await simulateFleet(fleet), exchanges }
}

const byMailbox = (exchanges: readonly Exchange[]) =>
  [...new Set(exchanges.map(({ mailbox }) => mailbox))].map((one) =>
    exchanges.filter(({ mailbox }) => mailbox === one),
  )

/** The largest number of requests in flight when one of them was sent. */
const mostInFlight = (exchanges: readonly Exchange[]) =>
  Math.max(
    ...exchanges.map(({ sent }) => exchanges.filter((e) => e.sent <= sent && sent < e.answered).length),
  )

/** Requests that were sent between a 429 for their mailbox and the time that it named. */
const tooEarly = (exchanges: readonly Exchange[]) =>
  exchanges.flatMap(({ answered, retryAfter }) =>
    retryAfter === null
      ? []
      : exchanges.filter(({ sent }) => sent > answered && sent < answered + retryAfter * 1000),
  )

test('every device finishes although the fleet is far too large for the service', async () => {
  const { outcome, exchanges } = await run(ours)
  expect(summary(outcome)).toMatchObject({ failed: 0, sent: exchanges.length })
  expect(outcome.finished).toHaveLength(60)
  expect(exchanges.filter(({ retryAfter }) => retryAfter === null)).toHaveLength(60 * 7)
  expect(summary(outcome).refused).toBeGreaterThan(60)
})

test('no mailbox has more than three requests in flight', async () => {
  const { exchanges } = await run(ours)
  expect(Math.max(...byMailbox(exchanges).map(mostInFlight))).toBe(defaultLimits.inFlight)
  const ungated = await run(withoutJitterAndGate)
  expect(Math.max(...byMailbox(ungated.exchanges).map(mostInFlight))).toBe(6)
})

test('after a 429 no request is sent to that mailbox before the time that the service named', async () => {
  const { exchanges } = await run(ours)
  expect(byMailbox(exchanges).flatMap(tooEarly)).toEqual([])
  const ungated = await run(withoutJitterAndGate)
  expect(byMailbox(ungated.exchanges).flatMap(tooEarly).length).toBeGreaterThan(0)
})

test('jitter and gate reduce the number of refused requests', async () => {
  const polite = summary((await run(ours)).outcome)
  const plain = summary((await run(withoutJitterAndGate)).outcome)
  expect(polite.refused).toBeLessThan(plain.refused)
})

test('refreshes that are spread over a window are not refused', async () => {
  const { outcome } = await run(ours, { steps: [1, 1], startDelay: (random) => random * 60_000 })
  expect(summary(outcome)).toMatchObject({ failed: 0, refused: 0, sent: 120 })
})

test('some devices can send more requests than the others', async () => {
  const complete = { devices: 15, steps: [3, 2] }
  const { exchanges } = await run(ours, { steps: [1], complete, service: { ...service, limit: 1_000 } })
  const counts = byMailbox(exchanges).map((some) => some.length)
  expect(counts.filter((count) => count === 5)).toHaveLength(15)
  expect(counts.filter((count) => count === 1)).toHaveLength(45)
})

test("the Graph SDK's handler waits as long as Retry-After says, and gives up after three retries", async () => {
  const refusing = { ...service, limit: 0 }
  const { outcome, exchanges } = await run(graphSdk, { devices: 1, steps: [1], service: refusing })
  expect(outcome.failed).toBe(1)
  expect(exchanges).toHaveLength(4)
  expect(tooEarly(exchanges)).toEqual([])
})

test('the same seed gives the same result', async () => {
  expect((await run(ours)).outcome).toEqual((await run(ours)).outcome)
  expect((await run(ours, { seed: 8 })).outcome).not.toEqual((await run(ours)).outcome)
})
