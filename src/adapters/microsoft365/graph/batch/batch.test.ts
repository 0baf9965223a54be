import { expect, test } from 'vitest'
import type { Waiting } from '../../../../ports/contact-source.ts'
import { createRequestGate } from '../../../http/request-gate.ts'
import { defaultLimits } from '../../../http/limits.ts'
import type { Timers } from '../../../http/timers.ts'
import { graphBatch } from './batch.ts'

const service = new URL('https://graph.example.test/v1.0')
const links = ['a', 'b', 'c'].map((name) => `${service.href}/me/${name}`)

/** Follows three links in a batch with these answers. A link that is followed on its own gets `{}`. */
const batched = async (...answers: object[]) => {
  let now = Date.parse('2026-01-01T09:00:00Z')
  const waits: number[] = []
  const shown: (Waiting | null)[] = []
  const followed: string[] = []
  const timers: Timers = {
    now: () => now,
    random: () => 0.5,
    wait: async (milliseconds) => {
      waits.push(milliseconds)
      now += milliseconds
    },
  }
  const followAll = graphBatch({
    service,
    signal: new AbortController().signal,
    follow: async (link) => {
      followed.push(link)
      return {}
    },
    postBatch: async () => ({ responses: answers.map((answer, index) => ({ id: `${index}`, ...answer })) }),
    headersFor: () => ({}),
    gate: createRequestGate(3, timers),
    limits: defaultLimits,
    timers,
    onWaiting: (waiting) => shown.push(waiting),
  })
  return { settled: await followAll(links), followed, waits, shown }
}

const well = { status: 200, body: { value: [] } }
const throttled = (seconds: number) => ({ status: 429, headers: { 'Retry-After': `${seconds}` } })

test('a part that must wait for an hour fails immediately, and says when to try again', async () => {
  const { settled, followed, waits } = await batched(well, throttled(3600), throttled(1))
  expect(settled[1]).toMatchObject({
    status: 'rejected',
    reason: { code: 'throttled', details: { status: 429, retryAt: '2026-01-01T10:00:00.000Z' } },
  })
  expect(followed).toEqual([links[2]])
  expect(waits).toEqual([1_125])
})

test('the batch waits as long as its longest part asks, with jitter, and shows that', async () => {
  const { followed, waits, shown } = await batched(throttled(2), well, throttled(7))
  expect(waits).toEqual([7_125])
  expect(shown).toEqual([{ until: new Date('2026-01-01T09:00:07.125Z'), reason: 'throttled' }, null])
  expect(followed).toEqual([links[0], links[2]])
})

test.each([0, 99, 700, -1])('a part with status %i is followed on its own', async (status) => {
  const { settled, followed } = await batched(well, { status, body: {} }, well)
  expect(followed).toEqual([links[1]])
  expect(settled.map((part) => part.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
})

test('a link that the batch leaves out is followed on its own', async () => {
  expect((await batched(well)).followed).toEqual([links[1], links[2]])
})

test('a batch with more answers than links is ignored, and its links are followed one by one', async () => {
  const { settled, followed } = await batched(...Array.from({ length: 50_000 }, () => well))
  expect(followed).toEqual(links)
  expect(settled.map((part) => part.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
})

test('a part with a hundred thousand headers is read', async () => {
  const headers = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`x-${index}`, 'x']))
  const { settled } = await batched(
    well,
    { status: 403, headers, body: { error: { code: 'ErrorAccessDenied' } } },
    well,
  )
  expect(settled[1]).toMatchObject({ status: 'rejected', reason: { code: 'permission-missing' } })
})
