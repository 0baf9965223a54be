import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { type GraphVisitor, graphVisitor } from '../graph-visitor.ts'
import { type Fault, type Sandbox, startSandbox } from '../index.ts'

let sandbox: Sandbox
let graph: GraphVisitor
let ids: string[]

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 5, folders: 0, distributionLists: 0 })
  graph = graphVisitor(sandbox)
  ids = sandbox
    .mailbox('user')
    .contacts()
    .map(({ id }) => id)
})
afterEach(() => sandbox.settings.change({ faults: [] }))
afterAll(() => sandbox.close())

interface Reply {
  readonly id: string
  readonly status: number
  readonly body: { readonly id?: string; readonly error?: { readonly code: string } } | string
}

/** Requests the first three contacts in one batch. The id of each part is its position. */
const batch = async (...faults: Fault[]) => {
  sandbox.settings.change({ faults })
  const requests = [0, 1, 2].map((place) => ({
    id: String(place),
    method: 'GET',
    url: `/me/contacts/${ids[place]}`,
  }))
  const answer = await graph.post('/$batch', { requests })
  const replies = (answer.body.responses ?? []) as Reply[]
  return { ...answer, replies: replies.toSorted((a, b) => Number(a.id) - Number(b.id)) }
}
const single = async () => (await graph.get(`/me/contacts/${ids[0]}`)).status
const idOf = ({ body }: Reply) => (typeof body === 'string' ? undefined : body.id)

const aimed = { match: 'POST *$batch' }

describe('a batch fails although its requests work one by one:', () => {
  test('the answer is HTML, with 200', async () => {
    const { status, text } = await batch({ ...aimed, kind: 'captive-portal' })
    expect([status, text.startsWith('<!doctype html>')]).toEqual([200, true])
    expect(await single()).toBe(200)
  })

  test('the answer is other JSON', async () => {
    const { status, body } = await batch({ ...aimed, kind: 'bad-batch', how: 'no-batch' })
    expect([status, body]).toEqual([200, { status: 'ok' }])
    expect(await single()).toBe(200)
  })

  test('each response has the id of another', async () => {
    const { replies } = await batch({ ...aimed, kind: 'bad-batch', how: 'swapped-ids' })
    expect(replies.map(({ id }) => id)).toEqual(['0', '1', '2'])
    for (const [place, reply] of replies.entries()) expect(idOf(reply)).not.toBe(ids[place])
  })

  test('a response is missing', async () => {
    const { replies } = await batch({ ...aimed, kind: 'bad-batch', how: 'missing', at: 1 })
    expect(replies).toHaveLength(2)
  })

  test('a body is text', async () => {
    const { replies } = await batch({ ...aimed, kind: 'bad-batch', how: 'text-body' })
    expect(replies.map(({ body }) => typeof body).sort()).toEqual(['object', 'object', 'string'])
  })

  test.each([403, 413, 504])('the answer is always %i', async (status) => {
    expect((await batch({ ...aimed, kind: 'status', status })).status).toBe(status)
    expect(await single()).toBe(200)
  })

  test('there is never an answer', async () => {
    sandbox.settings.change({ faults: [{ ...aimed, kind: 'silent' }] })
    const waiting = fetch(`${sandbox.graphUrl}/$batch`, {
      method: 'POST',
      headers: { authorization: `Bearer ${graph.token}` },
      body: '{"requests":[]}',
      signal: AbortSignal.timeout(200),
    })
    await expect(waiting).rejects.toThrow(/timeout/)
    expect(await single()).toBe(200)
  })
})

test('one contact can fail for ever by its id, with a code of its own, in a batch as well', async () => {
  const match = `*/contacts/${ids[1]}*`
  const { replies } = await batch({ kind: 'status', status: 500, code: 'ErrorCorruptData', match })
  expect(replies.map(({ status }) => status)).toEqual([200, 500, 200])
  expect(replies[1]?.body).toMatchObject({ error: { code: 'ErrorCorruptData', message: 'Data is corrupt.' } })
  for (let asked = 0; asked < 3; asked++)
    expect((await graph.get(`/me/contacts/${ids[1]}`)).error.code).toBe('ErrorCorruptData')
  expect(await single()).toBe(200)
})
