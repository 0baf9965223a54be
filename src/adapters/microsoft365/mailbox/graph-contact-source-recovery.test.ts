import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  asked,
  contacts,
  failureOf,
  limits,
  read,
  served,
  sourceAt,
} from '../../../../test/local-graph-source.ts'
import type { FailureCode } from '../../../domain/failures.ts'
import { byQuery, emptyMailbox, type GraphAnswers, paged } from '../../../testing/local-graph.ts'
import { json, type LocalAnswer } from '../../../testing/local-service.ts'
import { readSource } from '../../../testing/read-source.ts'
import { requestShape } from './cursor/delta-cursor.ts'
import { graphContactSource } from './graph-contact-source.ts'

const pathOf = (url: string) => url.split('?')[0]

describe('after a crash', () => {
  const folder = {
    '/me/contactFolders': { value: [{ id: 'f', displayName: 'F' }] },
    '/me/contactFolders/f/childFolders': { value: [] },
  }
  const pages = [contacts('1'), contacts('2'), contacts('3')]
  const plan = { parent: null, count: null, delta: null, walks: false }
  const position = (next: string) => ({
    version: 2,
    shape: requestShape(false),
    folders: [
      { id: null, name: null, ...plan },
      { id: 'f', name: 'F', ...plan },
    ],
    index: 1,
    next,
  })
  const mailbox: GraphAnswers = {
    ...folder,
    '/me/contacts': paged('/me/contacts', ...pages),
    '/me/contactFolders/f/contacts': { value: contacts('4') },
  }

  test('it continues at the recorded link, without requests for folders, counts or earlier pages', async () => {
    const origin = await served(mailbox)
    const [first, second] = (await read(origin)).pages
    const recorded = [first, second].flatMap((page) => page?.contacts ?? [])
    const before = asked().length
    const byId = new Map(recorded.map((contact) => [contact.id, contact]))
    const { reports, ids } = await read(origin, second?.cursor ?? null, byId)
    expect(ids).toEqual(['3', '4'])
    expect(reports.map(({ type }) => type)).toEqual(['page.fetched', 'page.fetched', 'listing.finished'])
    const [link, ...others] = asked().slice(before)
    expect(link).toContain('skip=2')
    expect(others.filter((url) => url.includes('$count') || url.includes('latest'))).toEqual([])
    expect(others.filter((url) => url.includes('businessPhones')).map(pathOf)).toEqual([
      '/v1.0/me/contactFolders/f/contacts',
    ])
  })

  test.each([
    [404, 'ErrorItemNotFound'],
    [410, 'SyncStateNotFound'],
    [400, 'BadRequest'],
  ])('it starts over where the link died (%i %s)', async (status, code) => {
    const origin = await served({ ...mailbox, '/dead': json({ error: { code } }, status) })
    const cursor = position(`${origin}/v1.0/dead`)
    const { reports, ids } = await read(origin, cursor)
    expect(ids).toEqual(['1', '2', '3', '4'])
    expect(reports[0]).toEqual({ type: 'contacts.counted', count: null })
  })

  test('it starts over if the earlier pages were mapped differently', async () => {
    const origin = await served(mailbox)
    const [first] = (await read(origin)).pages
    const recorded = new Map(first?.contacts.map((contact) => [contact.id, contact]))
    const cursor = { ...(first?.cursor as object), shape: 'another' }
    expect((await read(origin, cursor, recorded)).ids).toEqual(['1', '2', '3', '4'])
  })

  test('it starts over if the link leads elsewhere, as after a change of the address of Graph', async () => {
    const origin = await served(mailbox)
    const cursor = position('https://graph.evil.test/')
    expect((await read(origin, cursor)).ids).toEqual(['1', '2', '3', '4'])
  })

  test('it does not request changes if it has recorded part of a list, in a form that is no longer read', async () => {
    const delta = byQuery((_, { headers }) => ({
      value: [],
      '@odata.deltaLink': `http://${headers.host ?? ''}/v1.0/me/contacts/delta?$deltatoken=1`,
    }))
    const origin = await served({
      ...emptyMailbox,
      '/me/contacts': { value: contacts('1', '2') },
      '/me/contacts/delta': delta,
    })
    const { finished, contacts: known } = await read(origin)
    const recorded = new Map([...known].slice(0, 1))
    const changesSince = finished?.cursor ?? null
    const source = sourceAt(origin)
    const reading = await readSource(source, { resumeFrom: { version: 1 }, recorded, changesSince })
    expect([...reading.contacts.keys()]).toEqual(['1', '2'])
  })

  test('it does not start over if the permission is missing', async () => {
    const origin = await served({
      ...mailbox,
      '/denied': json({ error: { code: 'ErrorAccessDenied' } }, 403),
    })
    const cursor = position(`${origin}/v1.0/denied`)
    expect((await failureOf(origin, cursor)).code).toBe('permission-missing')
  })
})

const recorded = JSON.parse(
  readFileSync(new URL('../../../../test/payloads/graph/errors.json', import.meta.url), 'utf8'),
) as { fails: FailureCode; status: number; body: { error: { code?: string } } }[]

test.each(recorded)(
  'a recorded $status $body.error.code fails as $fails',
  async ({ fails, status, body }) => {
    const failure = await failureOf(await served({ ...emptyMailbox, '/me/contacts': json(body, status) }))
    expect(failure.code).toBe(fails)
    expect(failure.details.status).toBe(status)
    expect(failure.details.serviceCode).toBe(body.error.code)
    expect(JSON.stringify([failure.message, failure.details])).not.toContain('example.test')
  },
)

test('waits are shown while they last', async () => {
  let refused = false
  const once: LocalAnswer = (response, request) => {
    const answer = refused ? json({ value: [] }) : json({}, 429, { 'retry-after': '0.05' })
    refused = true
    answer(response, request)
  }
  const { shown } = await read(await served({ ...emptyMailbox, '/me/contacts': once }))
  // Every waiting request reports it: one was told to wait, and others were queued behind it.
  expect(shown[0]).toMatchObject({ waiting: { reason: 'throttled' } })
  expect(shown.at(-1)).toEqual({ waiting: null })
})

test('a token that expires midway is renewed, and nothing is read twice', async () => {
  let valid = 'first'
  const tokens = {
    accessToken: async ({ refused }: { refused?: string }) => (refused === undefined ? 'first' : valid),
  }
  const pages = paged('/me/contacts', contacts('1'), contacts('2'), contacts('3'))
  const origin = await served({
    ...emptyMailbox,
    '/me/contacts': (response, request) => {
      if (request.url?.includes('skip=1')) valid = 'second'
      const known = request.headers.authorization === `Bearer ${valid}`
      return (known ? pages : json({ error: { code: 'InvalidAuthenticationToken' } }, 401))(response, request)
    },
  })
  const source = graphContactSource({ graphUrl: `${origin}/v1.0/`, tokens, limits })
  expect((await readSource(source)).ids).toEqual(['1', '2', '3'])
})
