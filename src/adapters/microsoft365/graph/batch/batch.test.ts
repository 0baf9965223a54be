import { describe, expect, test } from 'vitest'
import type { Waiting } from '../../../../ports/contact-source.ts'
import { createRequestGate } from '../../../http/request-gate.ts'
import { defaultLimits } from '../../../http/limits.ts'
import type { Timers } from '../../../http/timers.ts'
import { ImportFailure } from '../../../../domain/failures.ts'
import { StubbornFault } from '../../../http/retry/stubborn-fault.ts'
import { type FollowOptions, graphBatch } from './batch.ts'

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

/** Follows links one after another, each in a batch of its own. */
const inSingles = async (
  count: number,
  answerTo: (id: string) => object | Error,
  follow = async (): Promise<unknown> => well.body,
) => {
  let batches = 0
  const followed: (FollowOptions | undefined)[] = []
  const timers: Timers = { now: () => 0, random: () => 0.5, wait: async () => undefined }
  const followAll = graphBatch({
    service,
    signal: new AbortController().signal,
    follow: async (_, options) => {
      followed.push(options)
      return follow()
    },
    postBatch: async (body) => {
      batches++
      const { requests } = body as { requests: { id: string }[] }
      const answer = answerTo(requests[0]?.id ?? '')
      if (answer instanceof Error) throw answer
      return answer
    },
    headersFor: () => ({}),
    gate: createRequestGate(4, timers),
    limits: defaultLimits,
    timers,
    onWaiting: () => undefined,
    batchesSingles: true,
  })
  const results: PromiseSettledResult<unknown>[] = []
  for (let link = 0; link < count; link++)
    results.push(...(await followAll([`${service.href}/me/${link}`], { hasDetour: true, isSuspect: true })))
  return { batches, followed, statuses: results.map(({ status }) => status), followAll }
}

const answering = (answer: object) => (id: string) => ({ responses: [{ id, ...answer }] })

describe('a batch of one link', () => {
  test('is followed by no other request', async () => {
    const { batches, followed, statuses } = await inSingles(3, answering(well))
    expect([batches, followed.length]).toEqual([3, 0])
    expect(statuses).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  })

  test('that is answered for another one is ignored', async () => {
    const { followed, statuses } = await inSingles(1, () => answering(well)('0'))
    expect(followed).toHaveLength(1)
    expect(statuses).toEqual(['fulfilled'])
  })

  test.each<[string, (id: string) => object | Error]>([
    ['fails', () => new StubbornFault('service-unavailable')],
    ['is left without an answer', () => ({ responses: [] })],
    ['is refused', answering({ status: 403, body: { error: { code: 'ErrorAccessDenied' } } })],
    ['is answered by an error of the server', answering({ status: 503 })],
    ['is answered by something else', answering({ status: 200, body: 'text' })],
  ])(
    'that %s although its link is answered is tried twice, then links go on their own',
    async (_, answer) => {
      const { batches, followed, statuses } = await inSingles(5, answer)
      expect([batches, followed.length]).toEqual([2, 5])
      expect(new Set(statuses)).toEqual(new Set(['fulfilled']))
    },
  )

  test('is tried again for the next link if this one is refused on its own too', async () => {
    const refused = answering({ status: 403, body: { error: { code: 'ErrorAccessDenied' } } })
    const denied = () => Promise.reject(new ImportFailure('permission-missing'))
    const { batches, statuses } = await inSingles(4, refused, denied)
    expect(batches).toBe(4)
    expect(new Set(statuses)).toEqual(new Set(['rejected']))
  })

  test('that is throttled is no reason against the next one', async () => {
    const { batches, followed } = await inSingles(4, answering(throttled(1)))
    expect([batches, followed.length]).toEqual([4, 4])
  })

  test('costs larger batches nothing if it fails', async () => {
    const { batches, followAll } = await inSingles(2, () => ({ responses: [] }))
    expect(batches).toBe(2)
    const larger = await followAll(links)
    expect(larger.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled'])
  })

  test('keeps what is known of its link', async () => {
    const { followed } = await inSingles(1, answering({ status: 503 }))
    expect(followed).toEqual([{ hasDetour: true, isSuspect: true, failedAt: 0 }])
  })
})
