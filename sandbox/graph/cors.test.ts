import { expect } from 'vitest'
import type { Sandbox } from '../index.ts'
import { visitedSandbox } from '../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 3, folders: 0, distributionLists: 0 })

const APP = 'http://localhost:5173'

const preflight = (sandbox: Sandbox, path: string, method = 'GET'): Promise<Response> =>
  fetch(sandbox.graphUrl + path, {
    method: 'OPTIONS',
    headers: {
      origin: APP,
      'access-control-request-method': method,
      'access-control-request-headers': 'authorization,prefer',
    },
  })

const corsOf = (headers: Headers): Record<string, string> =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')))

test('each preflight is answered, and logged as a request of its own', async ({ sandbox, graph }) => {
  const response = await preflight(sandbox, '/me/contacts?$top=1')
  expect([response.status, corsOf(response.headers)]).toEqual([
    204,
    {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST, OPTIONS',
      'access-control-allow-headers': 'authorization,prefer',
    },
  ])
  await graph.get('/me/contacts?$top=1')
  await preflight(sandbox, '/$batch', 'POST')
  expect(sandbox.requests.entries.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['OPTIONS', '/v1.0/me/contacts?$top=1', 204],
    ['GET', '/v1.0/me/contacts?$top=1', 200],
    ['OPTIONS', '/v1.0/$batch', 204],
  ])
  expect(sandbox.requests.matching('OPTIONS ')).toHaveLength(2)
})

test('a preflight waits as long as a request, and takes no place of one', async ({ sandbox, graph }) => {
  sandbox.settings.change({ latency: 300, concurrency: 1 })
  const begun = Date.now()
  const asked = Promise.all([preflight(sandbox, '/me/contacts'), preflight(sandbox, '/me/contacts')])
  expect((await graph.get('/me/contacts')).status).toBe(200)
  await asked
  expect(Date.now() - begun).toBeGreaterThanOrEqual(295)
  expect(Math.max(...sandbox.requests.entries.map(({ inFlight }) => inFlight))).toBe(1)
})

test('how long a browser may keep the answer to a preflight is a setting', async ({ sandbox }) => {
  sandbox.settings.change({ preflightMaxAge: 600 })
  expect((await preflight(sandbox, '/me')).headers.get('access-control-max-age')).toBe('600')
})

test('responses and errors are for pages of any origin, but Retry-After is not', async ({
  sandbox,
  graph,
}) => {
  sandbox.settings.change({ faults: [{ kind: 'status', status: 429, retryAfter: 7, times: 1 }] })
  for (const status of [429, 200]) {
    const { headers, ...seen } = await graph.get('/me/contacts')
    expect(seen.status).toBe(status)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    const exposed = headers.get('access-control-expose-headers')?.split(', ')
    expect(exposed).toEqual(expect.arrayContaining(['Location', 'request-id', 'WWW-Authenticate']))
    expect(exposed).not.toContain('Retry-After')
  }
  sandbox.settings.change({ exposeRetryAfter: true })
  const { headers } = await graph.get('/me/contacts')
  expect(headers.get('access-control-expose-headers')?.split(', ')).toContain('Retry-After')
})

test('errors without CORS headers: all of them by a setting, one of a gateway by a fault', async ({
  sandbox,
  graph,
}) => {
  const gateway = { kind: 'status', status: 502, times: 1, cors: false } as const
  sandbox.settings.change({
    faults: [gateway, { kind: 'status', status: 503, times: 1 }, { kind: 'captive-portal', times: 1 }],
  })
  const seen: unknown[] = []
  for (let i = 0; i < 4; i++) {
    const { status, headers } = await graph.get('/me/contacts')
    seen.push([status, headers.get('access-control-allow-origin')])
  }
  expect(seen).toEqual([
    [502, null],
    [503, '*'],
    [200, null],
    [200, '*'],
  ])
  sandbox.settings.change({ errorCors: false })
  expect(corsOf((await graph.get('/me/contacts')).headers)['access-control-allow-origin']).toBe('*')
  const refused = await graph.get('/me/contacts/nobody')
  expect([refused.status, corsOf(refused.headers)]).toEqual([404, {}])
})

test('a fault hits preflights only if it names OPTIONS', async ({ sandbox, graph }) => {
  const { settings } = sandbox
  settings.change({ faults: [{ kind: 'status', status: 503, times: 1, match: '/me/contacts' }] })
  expect((await preflight(sandbox, '/me/contacts')).status).toBe(204)
  expect((await graph.get('/me/contacts')).status).toBe(503)
  const match = 'OPTIONS /v1.0/me/contacts'
  settings.change({ faults: [{ kind: 'status', status: 503, match }] })
  expect((await preflight(sandbox, '/me/contacts')).status).toBe(503)
  expect((await graph.get('/me/contacts')).status).toBe(200)
  settings.change({ faults: [{ kind: 'reset', match }] })
  await expect(preflight(sandbox, '/me/contacts')).rejects.toThrow('fetch failed')
  expect(sandbox.requests.entries.at(-1)).toMatchObject({ method: 'OPTIONS', status: null })
})
