import { describe, expect } from 'vitest'
import type { Fault } from '../../faults/fault.ts'
import { sharedSandbox } from '../../visited-sandbox.ts'

interface Reply {
  readonly id: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
}

const test = sharedSandbox({ contacts: 60, folders: 1, distributionLists: 0, concurrency: null })
  .extend('contacts', { scope: 'file' }, ({ mailbox }) => {
    const all = mailbox.contacts()
    const pictured = all.filter((item) => mailbox.photos.of(item) !== null)
    return { pictured, plain: all.filter((item) => !pictured.includes(item)) }
  })
  .extend('batch', ({ graph }) => async (ids: readonly string[]) => {
    const requests = ids.map((id) => ({ id, method: 'GET', url: `/me/contacts/${id}/photo/$value` }))
    const { body } = await graph.post('/$batch', { requests })
    return new Map((body.responses as Reply[]).map((reply) => [reply.id, reply]))
  })
  .extend('afflicted', ({ sandbox, contacts, batch }) => async (fault: Fault) => {
    const [id = ''] = contacts.pictured.map(({ id }) => id)
    sandbox.settings.change({ faults: [fault] })
    const replies = await batch([id])
    sandbox.settings.change({ faults: [] })
    return replies.get(id)
  })

const bytesOf = (reply: Reply | undefined) => Buffer.from(String(reply?.body), 'base64')
const beginning = (photo: Uint8Array | null) => Buffer.from(photo?.subarray(0, 4) ?? []).toString('latin1')

describe('a contact', () => {
  test('has an invented photo now and then, JPEG or PNG, and always the same', ({ mailbox, contacts }) => {
    const { pictured, plain } = contacts
    expect(pictured.length).toBeGreaterThan(10)
    expect(plain.length).toBeGreaterThan(20)
    const kinds = new Set(pictured.map((item) => beginning(mailbox.photos.of(item))))
    expect(kinds).toEqual(new Set(['\xff\xd8\xff\xe0', '\x89PNG']))
    for (const item of pictured) expect(mailbox.photos.of(item)).toEqual(mailbox.photos.of(item))
  })

  test('gives its photo as bytes, and tells about it as JSON', async ({
    sandbox,
    graph,
    mailbox,
    contacts,
  }) => {
    const [item] = contacts.pictured
    if (item === undefined) throw new Error('no photo')
    const path = `/me/contacts/${item.immutableId}/photo`
    const response = await fetch(`${sandbox.graphUrl}${path}/$value`, {
      headers: { authorization: `Bearer ${graph.token}` },
    })
    expect(response.headers.get('content-type')).toMatch(/^image\/(jpeg|png)$/)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(
      new Uint8Array(mailbox.photos.of(item) ?? []),
    )
    const { status, body } = await graph.get(path)
    expect([status, body['@odata.mediaContentType']]).toEqual([200, response.headers.get('content-type')])
  })

  test('without a photo says ErrorItemNotFound', async ({ graph, contacts }) => {
    const path = `/me/contacts/${contacts.plain[0]?.id}/photo`
    for (const address of [path, `${path}/$value`]) {
      const { status, error } = await graph.get(address)
      expect([status, error.code]).toEqual([404, 'ErrorItemNotFound'])
    }
  })

  test('has no photos of several sizes', async ({ graph, contacts }) => {
    const { status, error } = await graph.get(`/me/contacts/${contacts.pictured[0]?.id}/photos/48x48/$value`)
    expect([status, error.code]).toEqual([400, 'RequestBroker--ParseUri'])
  })

  test('keeps its change key when it gets another photo', async ({ graph, mailbox, contacts }) => {
    const item = contacts.plain[1]
    if (item === undefined) throw new Error('no contact')
    mailbox.photos.set(item, new Uint8Array([0xff, 0xd8, 0xff, 0]))
    expect((await graph.get(`/me/contacts/${item.id}/photo/$value`)).status).toBe(200)
    expect(mailbox.find(item.id)?.changeKey).toBe(item.changeKey)
    mailbox.photos.set(item, null)
    expect((await graph.get(`/me/contacts/${item.id}/photo/$value`)).status).toBe(404)
  })
})

describe('a batch', () => {
  test('has photos as base64 beside the refusals', async ({ mailbox, contacts, batch }) => {
    const [pictured] = contacts.pictured
    const [plain] = contacts.plain
    if (pictured === undefined || plain === undefined) throw new Error('too few contacts')
    const replies = await batch([pictured.id, plain.id])
    const reply = replies.get(pictured.id)
    expect(reply?.status).toBe(200)
    expect(reply?.headers['Content-Type']).toMatch(/^image\//)
    expect(new Uint8Array(bytesOf(reply))).toEqual(new Uint8Array(mailbox.photos.of(pictured) ?? []))
    expect(replies.get(plain.id)).toMatchObject({
      status: 404,
      body: { error: { code: 'ErrorItemNotFound' } },
    })
  })

  test('may answer with something that is not a photo', async ({ afflicted }) => {
    const aimed = { match: 'GET *photo/$value', kind: 'bad-photo' } as const
    expect(bytesOf(await afflicted({ ...aimed, how: 'huge', bytes: 70_000 }))).toHaveLength(70_000)
    expect(bytesOf(await afflicted({ ...aimed, how: 'html' })).toString()).toMatch(/^<!doctype html>/)
    const svg = await afflicted({ ...aimed, how: 'svg' })
    expect([svg?.headers['Content-Type'], bytesOf(svg).toString().slice(0, 4)]).toEqual([
      'image/svg+xml',
      '<svg',
    ])
    expect((await afflicted({ ...aimed, how: 'empty' }))?.body).toBe('')
    expect((await afflicted({ ...aimed, how: 'bad-base64' }))?.body).toMatch(/[^A-Za-z0-9+/=]/)
  })

  test('is throttled photo by photo', async ({ sandbox, contacts, batch }) => {
    sandbox.settings.change({ concurrency: 2 })
    const replies = await batch(contacts.pictured.slice(0, 4).map(({ id }) => id))
    sandbox.settings.change({ concurrency: null })
    expect([...replies.values()].map(({ status }) => status).sort()).toEqual([200, 200, 429, 429])
  })
})
