import type { Context } from '@microsoft/microsoft-graph-client'
import { afterEach, describe, expect, test } from 'vitest'
import { isImportFailure, type ImportFailure } from '../../domain/failures.ts'
import type { AccessTokens } from '../../ports/access-token.ts'
import type { Waiting } from '../../ports/contact-source.ts'
import { json, localService, type LocalAnswer, type LocalService } from '../../testing/local-service.ts'
import { authentication } from './authentication.ts'
import { createRequestGate } from './request-gate.ts'
import { requestIds } from './request-context.ts'
import { defaultLimits, type HttpLimits } from './limits.ts'
import { retry } from './retry/retry.ts'
import { systemTimers, type Timers } from './timers.ts'
import { transport } from './transport.ts'

let service: LocalService | undefined
let received: LocalService['received'] = []

/** Answers each request with the next step. The last step is repeated. */
const serve = async (...steps: LocalAnswer[]) => {
  service = await localService((response, request) =>
    steps[Math.min(received.length, steps.length) - 1]?.(response, request),
  )
  received = service.received
  return service.url
}

afterEach(() => service?.close())

const status =
  (code: number, headers = {}): LocalAnswer =>
  (response) =>
    response.writeHead(code, headers).end()
const text =
  (body: string, type: string): LocalAnswer =>
  (response) =>
    response.writeHead(200, { 'content-type': type }).end(body)
const fine = json({ value: [] })

interface Setup {
  service: URL
  tokens?: AccessTokens
  limits?: Partial<HttpLimits>
  timers?: Timers
  signal?: AbortSignal
  address?: string
  method?: string
  fetch?: typeof fetch
}

/** Time that passes only while something waits, so that tests of long waits are quick. */
const heldTimers = () => {
  const waits: number[] = []
  let now = Date.UTC(2026, 10, 24)
  const timers: Timers = {
    now: () => now,
    random: () => 0.5,
    wait: async (milliseconds, signal) => {
      signal.throwIfAborted()
      waits.push(milliseconds)
      now += milliseconds
    },
  }
  return { timers, waits }
}

const request = async (setup: Setup) => {
  const waitings: (Waiting | null)[] = []
  const limits = { ...defaultLimits, request: 5_000, ...setup.limits }
  const timers = setup.timers ?? heldTimers().timers
  const sent = transport({ service: setup.service, fetch: setup.fetch ?? fetch, limits })
  const chain = authentication(
    retry(requestIds(sent), {
      gate: createRequestGate(limits.inFlight, timers),
      limits,
      timers,
      onWaiting: (waiting) => waitings.push(waiting),
    }),
    setup.tokens ?? { accessToken: async () => 'token-1' },
  )
  const context: Context = {
    request: setup.address ?? setup.service.href,
    options: { method: setup.method ?? 'GET', ...(setup.signal !== undefined && { signal: setup.signal }) },
  }
  await chain.execute(context)
  const body: unknown = await context.response?.json()
  return { status: context.response?.status, body, waitings }
}

const failureOf = async (setup: Setup): Promise<ImportFailure> => {
  const error: unknown = await request(setup).then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isImportFailure(error)) throw new Error('expected an ImportFailure', { cause: error })
  return error
}

describe('a transient failure is retried', () => {
  const passing: [string, LocalAnswer, Waiting['reason']][] = [
    ['429 without a word', status(429), 'throttled'],
    ['429 with a fraction of a second', status(429, { 'retry-after': '2.128' }), 'throttled'],
    ['500', json({ error: { code: 'InternalServerError' } }, 500), 'service-unavailable'],
    ['502 with HTML', (r) => r.writeHead(502).end('<html>Bad gateway</html>'), 'service-unavailable'],
    ['503 with an empty body', status(503), 'service-unavailable'],
    ['504 UnknownError', json({ error: { code: 'UnknownError', message: '' } }, 504), 'service-unavailable'],
    ['a reset before the answer', (r) => r.destroy(), 'service-unavailable'],
    [
      'a reset within the body',
      (r) => {
        r.writeHead(200, { 'content-length': '1000' }).write('{"value":[')
        setTimeout(() => r.destroy(), 20)
      },
      'service-unavailable',
    ],
    ['JSON cut short', text('{"value":[{"id":"a"}', 'application/json'), 'service-unavailable'],
    [
      'an error after the answer began, and no end',
      text('{"value":[{"error":{"code":"ErrorInvalidIdMalformed"}}', 'application/json'),
      'service-unavailable',
    ],
    ['an empty answer', text('', 'application/json'), 'service-unavailable'],
  ]
  test.each(passing)('%s', async (_, step, reason) => {
    const service = await serve(step, step, json({ value: [1] }))
    const { body, waitings } = await request({ service })
    expect(body).toEqual({ value: [1] })
    expect(waitings.map((waiting) => waiting?.reason ?? null)).toEqual([reason, null, reason, null])
    expect(received).toHaveLength(3)
  })

  test('a server that does not answer, or answers byte by byte, is given up in time', async () => {
    const drip: LocalAnswer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 10)
      response.on('close', () => clearInterval(timer))
    }
    const service = await serve(() => undefined, drip, fine)
    expect((await request({ service, limits: { request: 150 } })).status).toBe(200)
    expect(received).toHaveLength(3)
  })

  test('every request has an id of its own', async () => {
    const service = await serve(status(503), fine)
    await request({ service })
    const ids = received.map(({ headers }) => headers['client-request-id'])
    expect(new Set(ids).size).toBe(2)
    expect(ids[0]).toMatch(/^[\da-f-]{36}$/)
  })
})

describe('waits', () => {
  test('last as long as the service asks, with jitter on top', async () => {
    const held = heldTimers()
    const service = await serve(
      status(429, { 'retry-after': '2.128' }),
      status(503, { 'retry-after': '10' }),
      fine,
    )
    await request({ service, timers: held.timers })
    // The 429 also pauses the gate, but that wait is over by then and adds nothing.
    expect(held.waits).toEqual([2_128 + 125, 10_000 + 250])
  })

  test('are also read from a date', async () => {
    const held = heldTimers()
    const date = new Date(held.timers.now()).toUTCString()
    const until = new Date(held.timers.now() + 7_000).toUTCString()
    const service = await serve(status(429, { 'retry-after': until, date }), fine)
    await request({ service, timers: held.timers })
    expect(held.waits).toEqual([7_125])
  })

  test('double if the service names none, up to the longest', async () => {
    const held = heldTimers()
    const service = await serve(...Array.from({ length: 5 }, () => status(500)), fine)
    const limits = { firstBackoff: 1_000, longestBackoff: 4_000 }
    await request({ service, timers: held.timers, limits })
    expect(held.waits).toEqual([750, 1_500, 3_000, 3_000, 3_000])
  })
})

describe('the budget', () => {
  const spent: [string, LocalAnswer, object][] = [
    [
      'throttled',
      json({ error: { code: 'ApplicationThrottled' } }, 429),
      { status: 429, serviceCode: 'ApplicationThrottled' },
    ],
    ['service-unavailable', status(503, { 'request-id': 'a-b-1' }), { status: 503, requestId: 'a-b-1' }],
    ['service-unavailable', (response) => response.destroy(), {}],
  ]
  test.each(spent)('ends in %s', async (code, step, details) => {
    const held = heldTimers()
    const failure = await failureOf({ service: await serve(step), timers: held.timers })
    expect(failure).toMatchObject({ code, details })
    expect(held.waits.reduce((a, b) => a + b, 0)).toBe(defaultLimits.retries)
  })

  test('a body that stays broken is a bad answer, and its content is not quoted', async () => {
    const service = await serve(text('{"displayName":"Ada Lovelace', 'application/json'))
    const failure = await failureOf({ service })
    expect(failure.code).toBe('bad-answer')
    expect(received).toHaveLength(defaultLimits.fewTries + 1)
    expect(`${failure.stack ?? ''}${String(failure.cause)}`).not.toContain('Lovelace')
  })

  test.each(['429', '503'])(
    'a %s that asks for more than the budget fails at once, with the time',
    async (code) => {
      const held = heldTimers()
      const retryAt = new Date(held.timers.now() + 3_600_000).toISOString()
      const service = await serve(status(Number(code), { 'retry-after': '3600' }))
      const failure = await failureOf({ service, timers: held.timers })
      expect(failure).toMatchObject({ code: 'throttled', details: { status: Number(code), retryAt } })
      expect(held.waits).toEqual([])
      expect(received).toHaveLength(1)
    },
  )

  test('even an endless wait ends at a valid date', async () => {
    const failure = await failureOf({ service: await serve(status(429, { 'retry-after': '9'.repeat(400) })) })
    expect(failure.code).toBe('throttled')
    expect(Date.parse(failure.details.retryAt ?? '')).toBeGreaterThan(Date.now())
  })

  test('a name that cannot be resolved, and a closed port, mean offline', async () => {
    const closed = await serve(fine)
    await service?.close()
    expect((await failureOf({ service: closed })).code).toBe('offline')
    const unknown = new URL('https://graph.invalid/')
    expect((await failureOf({ service: unknown, limits: { retries: 500 } })).code).toBe('offline')
  })
})

describe('a permanent failure is not retried', () => {
  test.each([
    ['<!doctype html><title>Sign in to the Wi-Fi</title>', 'text/html'],
    ['Service is fine', 'text/plain'],
    ['<!doctype html>', 'application/json'],
  ])('%j in place of JSON is a bad answer', async (body, type) => {
    const failure = await failureOf({ service: await serve(text(body, type)) })
    expect(failure).toMatchObject({ code: 'bad-answer', details: { status: 200 } })
    expect(received).toHaveLength(1)
  })

  const endless: LocalAnswer = (response) => {
    const more = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', more)
    more()
  }
  test.each([200, 500])('an answer %i that is too large is a bad answer', async (code) => {
    const service = await serve((response, incoming) => {
      endless(response.writeHead(code, { 'content-type': 'application/json' }), incoming)
    })
    const failure = await failureOf({ service, limits: { body: 1_000_000 } })
    expect(failure).toMatchObject({ code: 'bad-answer', details: { status: code } })
    expect(received).toHaveLength(1)
  })

  test('so are headers that are too long', async () => {
    const service = await serve(status(200, { 'x-padding': 'x'.repeat(100_000) }))
    expect((await failureOf({ service })).code).toBe('bad-answer')
    expect(received).toHaveLength(1)
  })

  test('a redirect is not followed, because the token would be sent along', async () => {
    const service = await serve(status(302, { location: '/elsewhere' }), fine)
    expect(await failureOf({ service })).toMatchObject({ code: 'bad-answer', details: { status: 302 } })
    expect(received).toHaveLength(1)
  })

  test('no cache of a browser may keep a response, because it would be on the disk in the clear', async () => {
    const service = await serve(fine)
    const caches: unknown[] = []
    await request({
      service,
      fetch: (address, init) => {
        caches.push(init?.cache)
        return fetch(address, init)
      },
    })
    expect(caches).toEqual(['no-store'])
  })

  test('a browser keeps the answer to the preflight of a batch, whose response it stores in no cache', async () => {
    const service = await serve(fine)
    const caches: unknown[] = []
    await request({
      service,
      method: 'POST',
      fetch: (address, init) => {
        caches.push(init?.cache)
        return fetch(address, init)
      },
    })
    expect(caches).toEqual(['default'])
  })

  test('no request is sent to another origin', async () => {
    const service = await serve(fine)
    const address = service.href.replace('127.0.0.1', 'localhost')
    expect((await failureOf({ service, address })).code).toBe('bad-answer')
    expect(received).toHaveLength(0)
  })

  test('other error statuses are returned as responses, with or without a body', async () => {
    const service = await serve(json({ error: { code: 'ErrorAccessDenied' } }, 403), status(404))
    expect(await request({ service })).toMatchObject({
      status: 403,
      body: { error: { code: 'ErrorAccessDenied' } },
    })
    expect(await request({ service })).toMatchObject({ status: 404, body: undefined })
  })
})

test('an address goes out byte for byte', async () => {
  const service = await serve(fine)
  const path = '/v1.0/me/contacts?%24select=id%2csubject&%24orderby=a+desc&$top=1&%24skip=1'
  await request({ service, address: service.origin + path })
  expect(received[0]?.url).toBe(path)
})

describe('an abort ends within 100 ms', () => {
  const drip: LocalAnswer = (response) => response.writeHead(200).write('{')
  const waits: [string, LocalAnswer, Partial<Setup>][] = [
    ['a request without an answer', () => undefined, {}],
    ['a body that does not end', drip, {}],
    ['a wait that the service asked for', status(429, { 'retry-after': '60' }), {}],
    ['a back-off', status(500), { limits: { firstBackoff: 30_000 } }],
    ['a token that does not come', fine, { tokens: { accessToken: () => new Promise(() => undefined) } }],
    ['a fetch that does not listen', fine, { fetch: () => new Promise(() => undefined) }],
  ]
  test.each(waits)('%s', async (_, step, setup) => {
    const over = new AbortController()
    const service = await serve(step)
    const asking = request({ service, timers: systemTimers, signal: over.signal, ...setup })
    let aborted = 0
    setTimeout(() => {
      aborted = performance.now()
      over.abort(new Error('cancelled by the person'))
    }, 150)
    await expect(asking).rejects.toThrow('cancelled by the person')
    // The promise is 100 ms. A busy machine gets more.
    expect(performance.now() - aborted).toBeLessThan(500)
  })
})

describe('an answer that comes from the network and not from the service', () => {
  test.each([
    [407, 'proxy-needs-sign-in'],
    [511, 'network-sign-in'],
  ])('%i names it at once', async (answer, code) => {
    const url = await serve(status(answer))
    const failure = await failureOf({ service: url })
    expect(failure).toMatchObject({ code, details: { status: answer } })
    expect(received).toHaveLength(1)
  })
})
