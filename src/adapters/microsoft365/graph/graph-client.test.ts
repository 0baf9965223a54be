import { expect, test } from 'vitest'
import { type FailureCode, ImportFailure } from '../../../domain/failures.ts'
import type { AccessTokenRequest, AccessTokens } from '../../../ports/access-token.ts'
import { defaultLimits } from '../../http/limits.ts'
import { createRequestGate } from '../../http/request-gate.ts'
import type { Timers } from '../../http/timers.ts'
import { graphClient } from './graph-client.ts'

const service = new URL('https://graph.example.test/v1.0')
const links = Array.from({ length: 12 }, (_, index) => `${service.href}/me/contacts/${index}`)

/** A client over a service that answers each request by this; and what was asked of the service and the authority. */
const connected = (
  answer: (address: string) => Response,
  accessToken: AccessTokens['accessToken'],
  sparesPreflights = false,
) => {
  const addresses: string[] = []
  const renewals: AccessTokenRequest[] = []
  let now = 0
  const timers: Timers = {
    now: () => now,
    random: () => 0.5,
    wait: async (milliseconds) => {
      now += milliseconds
    },
  }
  const graph = graphClient({
    service,
    fetch: async (address) => {
      addresses.push(address as string)
      return answer(address as string)
    },
    tokens: {
      accessToken: async (request) => {
        if (request.refused !== undefined) renewals.push(request)
        return accessToken(request)
      },
    },
    signal: new AbortController().signal,
    sparesPreflights,
    gate: createRequestGate(3, timers),
    limits: defaultLimits,
    timers,
    onWaiting: () => undefined,
  })
  return { graph, addresses, renewals }
}

const json = (body: unknown, status = 200) => Response.json(body, { status })
const refusal = () => json({ error: { code: 'InvalidAuthenticationToken' } }, 401)
const refusedParts = () =>
  json({ responses: links.map((_, id) => ({ id: `${id}`, status: 401, body: { error: { code: 'x' } } })) })

const endsWith =
  (code: FailureCode): AccessTokens['accessToken'] =>
  async ({ refused }) => {
    if (refused !== undefined) throw new ImportFailure(code)
    return 'withdrawn'
  }

test.each([
  ['each part of a batch', refusedParts],
  ['a batch as a whole', refusal],
])('a token that is refused for %s is renewed once, if the renewal is refused', async (_, batch) => {
  const { graph, renewals } = connected(
    (address) => (address.endsWith('/$batch') ? batch() : refusal()),
    endsWith('permission-removed'),
  )
  const results = await graph.followAll(links)
  expect(
    results.map((result) => result.status === 'rejected' && (result.reason as ImportFailure).code),
  ).toEqual(links.map(() => 'permission-removed'))
  expect(renewals).toHaveLength(1)
})

test('after that, nothing is sent to the service', async () => {
  const { graph, addresses, renewals } = connected(refusal, endsWith('sign-in-expired'))
  const expired = { code: 'sign-in-expired' }
  await expect(graph.follow(links[0] ?? '')).rejects.toMatchObject(expired)
  const before = addresses.length
  await expect(graph.follow(links[1] ?? '')).rejects.toMatchObject(expired)
  for (const { status } of await graph.followAll(links)) expect(status).toBe('rejected')
  await expect(graph.rawValues(links)).rejects.toMatchObject(expired)
  expect(addresses).toHaveLength(before)
  expect(renewals).toHaveLength(1)
})

test('an outage of the authority ends no other request', async () => {
  let outages = 1
  const { graph, renewals } = connected(
    () => refusal(),
    async ({ refused }) => {
      if (refused !== undefined && outages-- > 0) throw new ImportFailure('service-unavailable')
      return refused === undefined ? 'old' : 'new'
    },
  )
  await expect(graph.follow(links[0] ?? '')).rejects.toMatchObject({ code: 'service-unavailable' })
  await expect(graph.follow(links[1] ?? '')).rejects.toMatchObject({ code: 'sign-in-expired' })
  expect(renewals).toHaveLength(2)
})

test('a request that keeps failing does not wait any longer once the access has ended', async () => {
  const failing = links[0] ?? ''
  const { graph, addresses } = connected(
    (address) => (address === failing ? json({ error: { code: 'x' } }, 503) : refusal()),
    endsWith('permission-removed'),
  )
  await expect(graph.follow(failing, { hasDetour: true })).rejects.toMatchObject({
    code: 'permission-removed',
  })
  expect(addresses.filter((address) => address !== failing)).toHaveLength(1)
})
