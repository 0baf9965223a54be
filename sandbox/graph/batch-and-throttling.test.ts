import { describe, expect } from 'vitest'
import { graphVisitor } from '../graph-visitor.ts'
import { visitedSandbox } from '../visited-sandbox.ts'

const test = visitedSandbox({ contacts: 30, folders: 1, distributionLists: 0 }).extend(
  'batch',
  ({ graph }) =>
    async (requests: readonly object[]): Promise<Map<string, Reply>> => {
      const { status, body } = await graph.post('/$batch', { requests })
      expect(status).toBe(200)
      return new Map((body.responses as Reply[]).map((reply) => [reply.id, reply]))
    },
)

interface Reply {
  id: string
  status: number
  headers: Record<string, string>
  body: Record<string, unknown>
}

describe('batch', () => {
  test('each part has its own status, headers and body, and preferences of its own', async ({
    mailbox,
    batch,
  }) => {
    const contact = mailbox.contacts()[0]!
    const replies = await batch([
      { id: 'a', method: 'GET', url: `/me/contacts/${contact.id}` },
      {
        id: 'b',
        method: 'GET',
        url: `/me/contacts/${contact.id}`,
        headers: { Prefer: 'IdType="ImmutableId"' },
      },
      { id: 'c', method: 'GET', url: '/me/contacts/AAMkNothing=' },
      { id: 'd', method: 'GET', url: '/me/contacts?$top=2', dependsOn: ['c'] },
    ])
    expect(replies.get('a')).toMatchObject({ status: 200, body: { id: contact.id } })
    expect(replies.get('b')).toMatchObject({ status: 200, body: { id: contact.immutableId } })
    expect(replies.get('c')).toMatchObject({ status: 404, body: { error: { code: 'ErrorItemNotFound' } } })
    expect(replies.get('d')).toMatchObject({ status: 424 })
  })

  test('one part can be throttled while the batch itself succeeds', async ({ sandbox, mailbox, batch }) => {
    sandbox.settings.change({
      faults: [
        { kind: 'status', status: 429, retryAfter: 7, match: '/v1.0/me/contacts/', skip: 1, times: 1 },
      ],
    })
    const [one, two] = mailbox.contacts()
    const replies = await batch([
      { id: '1', method: 'GET', url: `/me/contacts/${one!.id}` },
      { id: '2', method: 'GET', url: `/me/contacts/${two!.id}` },
    ])
    expect(replies.get('1')?.status).toBe(200)
    expect(replies.get('2')).toMatchObject({ status: 429, headers: { 'Retry-After': '7' } })
    expect(sandbox.requests.entries.filter(({ batched }) => batched)).toHaveLength(2)
  })

  test('21 parts, an id twice, or nonsense are refused', async ({ graph, batch }) => {
    const part = (id: number): object => ({ id: String(id), method: 'GET', url: '/me/contacts' })
    const parts = Array.from({ length: 21 }, (_, i) => part(i))
    expect((await graph.post('/$batch', { requests: parts })).status).toBe(400)
    expect((await batch(parts.slice(1))).size).toBe(20)
    expect((await graph.post('/$batch', { requests: [part(1), part(1)] })).status).toBe(400)
    expect((await graph.post('/$batch', { nothing: true })).status).toBe(400)
  })

  test('parts run four at a time: a batch of 20 takes five times the latency', async ({ sandbox, batch }) => {
    sandbox.settings.change({ latency: 40 })
    const started = performance.now()
    await batch(
      Array.from({ length: 20 }, (_, i) => ({ id: String(i), method: 'GET', url: '/me/contacts?$top=1' })),
    )
    expect(performance.now() - started).toBeGreaterThan(190)
  })
})

describe('throttling', () => {
  test('of five concurrent requests of a mailbox only the fifth is refused', async ({ sandbox, graph }) => {
    sandbox.settings.change({ latency: 1000 })
    const answers = await Promise.all(Array.from({ length: 6 }, () => graph.get('/me/contacts')))
    const refused = answers.filter(({ status }) => status === 429)
    expect(refused).toHaveLength(2)
    expect(refused[0]!.body).toEqual({
      error: { code: 'ApplicationThrottled', message: 'Application is over its MailboxConcurrency limit.' },
    })
    expect(refused[0]!.headers.get('retry-after')).toBe('1')
    expect((await graph.get('/me/contacts')).status).toBe(200)
    expect(Math.max(...sandbox.requests.entries.map(({ inFlight }) => inFlight))).toBeGreaterThanOrEqual(5)
  })

  test('each running part of a batch counts, and a part beyond the limit is refused alone', async ({
    sandbox,
    graph,
  }) => {
    sandbox.settings.change({ latency: 500 })
    const part = (id: number): object => ({ id: String(id), method: 'GET', url: '/me/contacts?$top=1' })
    const alone = graph.get('/me/contacts?$top=1')
    await expect.poll(() => sandbox.requests.entries.length).toBe(1)
    const { body } = await graph.post('/$batch', { requests: [1, 2, 3, 4].map(part) })
    const statuses = (body['responses'] as { status: number }[]).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 200, 200, 429])
    expect((await alone).status).toBe(200)
  })

  test('each mailbox has a limit of its own; the limit and its Retry-After can be switched off', async ({
    sandbox,
    graph,
  }) => {
    sandbox.settings.change({ latency: 200 })
    const other = graphVisitor(sandbox, 'admin')
    const four = [graph, graph, graph, graph, other, other, other, other]
    const answers = await Promise.all(four.map((visitor) => visitor.get('/me/contacts')))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))

    sandbox.settings.change({ concurrency: 1, concurrencyRetryAfter: null, latency: 1000 })
    const two = await Promise.all([graph.get('/me/contacts'), graph.get('/me/contacts')])
    const refused = two.filter(({ status }) => status === 429)
    expect(refused.map(({ headers }) => headers.get('retry-after'))).toEqual([null])
    sandbox.settings.change({ concurrency: null, latency: 200 })
    const many = await Promise.all(Array.from({ length: 12 }, () => graph.get('/me/contacts')))
    expect(many.every(({ status }) => status === 200)).toBe(true)
  })
})
