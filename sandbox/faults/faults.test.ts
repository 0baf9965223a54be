import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type GraphVisitor, graphVisitor } from '../graph-visitor.ts'
import type { FaultOf } from './fault.ts'
import { type Fault, type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let graph: GraphVisitor

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 60, folders: 1, distributionLists: 0 })
  graph = graphVisitor(sandbox)
  sandbox.mailbox('user')
})
afterEach(() => sandbox.settings.change({ faults: [] }))
afterAll(() => sandbox.close())

const inflict = (...faults: Fault[]): void => sandbox.settings.change({ faults })
const LIST = '/me/contacts?$top=5&$count=true'

test('a rule hits only matching requests, after `skip` and at most `times` of them', async () => {
  inflict({ kind: 'status', status: 500, match: 'GET /v1.0/me/contacts?*$skip=5', skip: 1, times: 2 })
  const statuses: number[] = []
  for (let i = 0; i < 5; i++) statuses.push((await graph.get('/me/contacts?$top=5&$skip=5')).status)
  expect(statuses).toEqual([200, 500, 500, 200, 200])
  expect((await graph.get('/me/contacts?$top=5')).status).toBe(200)
})

test('says when all faults have occurred as often as they should', async () => {
  expect(sandbox.faultsAreOver).toBe(false)
  inflict({ kind: 'status', status: 500, skip: 1, times: 1 }, { kind: 'status', status: 502, times: 1 })
  for (const isOver of [false, true, true]) {
    await graph.get(LIST)
    expect(sandbox.faultsAreOver).toBe(isOver)
  }
  inflict({ kind: 'status', status: 500 })
  await graph.get(LIST)
  expect(sandbox.faultsAreOver).toBe(false)
})

test('429 comes with every form of Retry-After, or none', async () => {
  inflict({ kind: 'status', status: 429, retryAfter: 2 })
  const plain = await graph.get(LIST)
  expect([plain.status, plain.error.code, plain.headers.get('retry-after')]).toEqual([
    429,
    'TooManyRequests',
    '2',
  ])
  inflict({ kind: 'status', status: 429, retryAfter: 2.128 })
  expect((await graph.get(LIST)).headers.get('retry-after')).toBe('2.128')
  inflict({ kind: 'status', status: 429, retryAfterDate: 30 })
  const date = (await graph.get(LIST)).headers.get('retry-after')!
  expect(date).toMatch(/GMT$/)
  expect(Date.parse(date) - Date.now()).toBeGreaterThan(20_000)
  inflict({ kind: 'status', status: 429, body: 'concurrency' })
  const concurrency = await graph.get(LIST)
  expect([concurrency.status, concurrency.error.code]).toEqual([429, 'ApplicationThrottled'])
  expect(concurrency.headers.get('retry-after')).toBeNull()
})

test('5xx have the bodies that Graph is known to send: UnknownError, HTML, or nothing', async () => {
  inflict({ kind: 'status', status: 500 })
  expect((await graph.get(LIST)).error).toMatchObject({ code: 'UnknownError', message: '' })
  inflict({ kind: 'status', status: 504 })
  expect((await graph.get(LIST)).error.code).toBe('UnknownError')
  inflict({ kind: 'status', status: 502 })
  const html = await graph.get(LIST)
  expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8'])
  inflict({ kind: 'status', status: 503 })
  expect(await graph.get(LIST)).toMatchObject({ status: 503, text: '' })
})

test('a connection breaks before the answer, or within it', async () => {
  inflict({ kind: 'reset' })
  await expect(graph.get(LIST)).rejects.toThrow('fetch failed')
  inflict({ kind: 'reset', bytes: 40 })
  const { received, failed } = await raw()
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThanOrEqual(40)
  expect(failed).toBe(true)
})

test('an answer is complete but its JSON is not', async () => {
  inflict({ kind: 'truncate' })
  const cut = await graph.get(LIST)
  expect(cut.status).toBe(200)
  expect(() => JSON.parse(cut.text) as unknown).toThrow()
  inflict({ kind: 'error-inside' })
  const broken = await graph.get(LIST)
  expect(broken.status).toBe(200)
  expect(
    broken.text.endsWith('{"error":{"code":"ErrorInvalidIdMalformed","message":"Id is malformed."}}'),
  ).toBe(true)
  inflict({ kind: 'captive-portal' })
  const portal = await graph.get(LIST)
  expect([portal.status, portal.text.startsWith('<!doctype html>')]).toEqual([200, true])
})

test('a server sends nothing, or one byte at a time', async () => {
  inflict({ kind: 'silent' })
  const address = sandbox.graphUrl + LIST
  const headers = { authorization: `Bearer ${graph.token}` }
  await expect(fetch(address, { headers, signal: AbortSignal.timeout(300) })).rejects.toThrow(/timeout/)
  inflict({ kind: 'drip', everyMs: 20, bytes: 8 })
  const started = performance.now()
  expect((await graph.get('/me/contacts?$top=1&$select=id')).value).toHaveLength(1)
  expect(performance.now() - started).toBeGreaterThan(200)
})

test('links lead to the same page or to another origin', async () => {
  inflict({ kind: 'loop' })
  expect((await graph.get(LIST)).nextLink).toBe(sandbox.graphUrl + LIST)
  inflict({ kind: 'foreign-link', origin: 'http://localhost:1' })
  expect((await graph.get(LIST)).nextLink).toMatch(/^http:\/\/localhost:1\/v1.0\/me\/contacts\?/)
})

test('an empty page has a link to the same contacts, and none is lost', async () => {
  const all = (await graph.all('/me/contacts?$top=5')).items
  inflict({ kind: 'empty-page', skip: 2, times: 1 })
  const { items, pages } = await graph.all('/me/contacts?$top=5')
  expect(items).toEqual(all)
  expect(pages).toBe(Math.ceil(all.length / 5) + 1)
})

test.each([-1, 2147483646, 2147483647, 2147483648])('the count can be %i', async (value) => {
  inflict({ kind: 'count', value })
  expect((await graph.get(LIST)).body['@odata.count']).toBe(value)
})

test('the count can be missing', async () => {
  inflict({ kind: 'count', value: null })
  const page = await graph.get(LIST)
  expect(page.body).not.toHaveProperty('@odata.count')
  expect(page.value).toHaveLength(5)
  expect(page.nextLink).toBeDefined()
})

test('a contact can be malformed in every way, and its neighbours stay intact', async () => {
  const whole = (await graph.get(LIST)).value
  const broken = async (how: FaultOf<'malformed'>['how']): Promise<unknown> => {
    inflict({ kind: 'malformed', how, at: 3 })
    const { value } = await graph.get(LIST)
    expect([...value.slice(0, 3), ...value.slice(4)]).toEqual([...whole.slice(0, 3), ...whole.slice(4)])
    return value[3]
  }
  expect(await broken('no-id')).not.toHaveProperty('id')
  expect(typeof (await broken('not-an-object'))).toBe('string')
  expect(await broken('wrong-type')).toMatchObject({ displayName: 42 })
  expect(await broken('error-in-place')).toHaveProperty('error.code')
  expect(await broken('surrogate-id')).toMatchObject({ id: 'A\ud800' })
  expect(await broken('dot-id')).toMatchObject({ id: '..' })
})

test('a token that expires midway stays expired; a claims challenge names its claims', async () => {
  const doomed = graphVisitor(sandbox)
  inflict({ kind: 'token-expired', skip: 1, times: 1 })
  expect((await doomed.get(LIST)).status).toBe(200)
  expect((await doomed.get(LIST)).status).toBe(401)
  expect((await doomed.get(LIST)).status).toBe(401)
  expect((await graph.get(LIST)).status).toBe(200)

  inflict({ kind: 'claims-challenge', times: 1 })
  const challenged = await graphVisitor(sandbox).get(LIST)
  const claims = /error="insufficient_claims", claims="([^"]+)"/.exec(
    challenged.headers.get('www-authenticate')!,
  )
  expect(JSON.parse(Buffer.from(claims![1]!, 'base64').toString())).toHaveProperty(
    'access_token.nbf.essential',
    true,
  )
})

test('a whole batch can be cut short', async () => {
  inflict({ kind: 'truncate', match: 'POST *$batch' })
  const answer = await fetch(`${sandbox.graphUrl}/$batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${graph.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ requests: [{ id: '1', method: 'GET', url: '/me/contacts' }] }),
  })
  expect(answer.status).toBe(200)
  await expect(answer.json()).rejects.toThrow(SyntaxError)
})

test('the state of a delta can be lost', async () => {
  inflict({ kind: 'delta-lost', match: 'deltatoken' })
  const { last } = await graph.all('/me/contacts/delta')
  const lost = await graph.get(last.deltaLink!)
  expect([lost.status, lost.error.code]).toEqual([410, 'SyncStateNotFound'])
})

test('an answer can be huge, compressed or not, and so can an error', async () => {
  const whole = (await graph.get(LIST)).value
  for (const gzip of [true, false]) {
    inflict({ kind: 'huge', megabytes: 3, gzip })
    const huge = await graph.get(LIST)
    expect(huge.headers.get('content-encoding')).toBe(gzip ? 'gzip' : null)
    expect(huge.text.length).toBeGreaterThan(3_000_000)
    expect(huge.value).toEqual(whole)
  }
  inflict({ kind: 'huge', megabytes: 1, status: 500 })
  expect((await graph.get(LIST)).status).toBe(500)
})

test('a huge answer ends when its reader disconnects', async () => {
  inflict({ kind: 'huge', megabytes: 1_000_000 })
  const headers = { authorization: `Bearer ${graph.token}` }
  const { body } = await fetch(sandbox.graphUrl + LIST, { headers })
  await body?.cancel()
  inflict()
  expect((await graph.get(LIST)).status).toBe(200)
})

test('a list can return new contacts without end', async () => {
  inflict({ kind: 'endless-new', items: 4 })
  const ids = new Set<unknown>()
  let link = '/me/contacts/delta'
  for (let page = 0; page < 5; page++) {
    const { value, nextLink, deltaLink } = await graph.get(link)
    for (const { id } of value as { id: string }[]) ids.add(id)
    expect(deltaLink).toBeUndefined()
    link = nextLink ?? ''
  }
  expect(ids.size).toBe(20)
})

test('a fault affects the sign-in pages only if it is aimed at them', async () => {
  const discovery = `${sandbox.authority}/v2.0/.well-known/openid-configuration`
  inflict({ kind: 'status', status: 500 })
  expect((await fetch(discovery)).status).toBe(200)
  inflict({ kind: 'status', status: 503, match: 'openid-configuration' })
  expect((await fetch(discovery)).status).toBe(503)
  inflict({ kind: 'huge', megabytes: 2, match: 'openid-configuration' })
  expect((await (await fetch(discovery)).text()).length).toBeGreaterThan(1_999_999)
})

/** How many bytes of the body arrived, and whether the connection failed. */
const raw = (): Promise<{ received: number; failed: boolean }> =>
  new Promise((resolve) => {
    let received = 0
    const over = (failed: boolean) => () => resolve({ received, failed })
    const headers = { authorization: `Bearer ${graph.token}` }
    const call = request(sandbox.graphUrl + LIST, { headers }, (response) => {
      response.on('data', (chunk: Buffer) => (received += chunk.length))
      response.on('error', over(true))
      response.on('end', over(false))
    })
    call.on('error', over(true))
    call.end()
  })
