import { describe, expect } from 'vitest'
import type { Fault } from '../faults/fault.ts'
import { visitedSandbox } from '../visited-sandbox.ts'
import { connectionsOf, FULL, googleApp, peopleVisitor } from './google-visitor.ts'

const test = visitedSandbox({ contacts: 5, googleContacts: 25, folders: 0, distributionLists: 0 }).extend(
  'people',
  ({ sandbox }) => peopleVisitor(sandbox),
)

const PEOPLE = '/google/people/'

const info = (reason: string, domain: string, metadata?: object) => [
  { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain, ...(metadata && { metadata }) },
]

describe('a recorded error', () => {
  const recorded = [
    [
      'service-disabled',
      {
        error: {
          code: 403,
          message:
            'People API has not been used in project 123456789012 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/people.googleapis.com/overview?project=123456789012 then retry. If you enabled this API recently, wait a few minutes for the action to propagate to our systems and retry.',
          status: 'PERMISSION_DENIED',
          details: info('SERVICE_DISABLED', 'googleapis.com', {
            service: 'people.googleapis.com',
            consumer: 'projects/123456789012',
          }),
        },
      },
    ],
    [
      'unavailable',
      { error: { code: 503, message: 'The service is currently unavailable.', status: 'UNAVAILABLE' } },
    ],
    [
      'invalid-argument',
      { error: { code: 400, message: 'Request contains an invalid argument.', status: 'INVALID_ARGUMENT' } },
    ],
    [
      'invalid-person-fields',
      {
        error: {
          code: 400,
          message:
            'Invalid personFields mask path: "nope". Valid paths are documented at https://developers.google.com/people/api/rest/v1/people.connections/list.',
          status: 'INVALID_ARGUMENT',
        },
      },
    ],
    [
      'expired-sync-token-b',
      {
        error: {
          code: 400,
          message: 'Sync token is expired. Clear local cache and retry call without the sync token.',
          status: 'INVALID_ARGUMENT',
          details: info('EXPIRED_SYNC_TOKEN', 'people.googleapis.com'),
        },
      },
    ],
  ] as const

  test.for(recorded)('can be sent: %s', async ([name, body], { sandbox, people, graph }) => {
    sandbox.settings.change({ faults: [{ kind: 'google-error', name, times: 1 }] })
    expect((await graph.get('/me/contacts')).status).toBe(200)
    const seen = await people.list(FULL, { origin: 'http://localhost:5173' })
    expect([seen.status, seen.body]).toEqual([body.error.code, body])
    expect(seen.headers.get('access-control-allow-origin')).toBe('http://localhost:5173')
    expect((await people.list(FULL)).status).toBe(200)
    expect(sandbox.faultsAreOver).toBe(true)
  })

  test.for([
    ['expired-sync-token-a', 400],
    ['expired-sync-token-410', 410],
    ['unauthenticated', 401],
    ['insufficient-scopes', 403],
    ['fbs-quota', 429],
    ['rate-limit', 429],
  ] as const)('%s has the status %i', async ([name, status], { sandbox, people }) => {
    sandbox.settings.change({ faults: [{ kind: 'google-error', name }] })
    const seen = await people.list(FULL)
    expect([seen.status, seen.body]).toMatchObject([status, { error: { code: status } }])
  })

  test('of the token endpoint hits that endpoint', async ({ sandbox, people }) => {
    const app = googleApp(sandbox)
    const { body } = await app.signIn()
    sandbox.settings.change({ faults: [{ kind: 'google-error', name: 'invalid-grant', times: 1 }] })
    expect((await people.list(FULL)).status).toBe(200)
    const refused = await app.refresh(body.refresh_token)
    expect([refused.status, refused.body]).toEqual([
      400,
      { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' },
    ])
    expect((await app.refresh(body.refresh_token)).status).toBe(200)
  })

  test('can lose a sync once: the full list and the next sync work', async ({ sandbox, people }) => {
    const token = (await people.all(FULL)).last.body.nextSyncToken
    sandbox.settings.change({
      faults: [{ kind: 'google-error', name: 'expired-sync-token-a', match: '*syncToken=*', times: 1 }],
    })
    expect((await people.sync(token)).last.status).toBe(400)
    const { last } = await people.all(FULL)
    expect((await people.sync(last.body.nextSyncToken)).last.status).toBe(200)
  })
})

describe('a status', () => {
  test.for([
    [404, 'NOT_FOUND'],
    [409, 'ABORTED'],
    [429, 'RESOURCE_EXHAUSTED'],
    [500, 'INTERNAL'],
    [502, 'UNKNOWN'],
    [503, 'UNAVAILABLE'],
    [504, 'DEADLINE_EXCEEDED'],
  ] as const)('%i has the body of Google', async ([status, name], { sandbox, people }) => {
    sandbox.settings.change({ faults: [{ kind: 'status', status, match: PEOPLE }] })
    const seen = await people.list(FULL)
    expect([seen.status, seen.body]).toMatchObject([status, { error: { code: status, status: name } }])
  })

  test('can have another body and a Retry-After, and comes from Graph if nothing is matched', async ({
    sandbox,
    people,
    graph,
  }) => {
    sandbox.settings.change({
      faults: [{ kind: 'status', status: 503, body: 'html', retryAfter: 7, match: PEOPLE }],
    })
    const seen = await people.list(FULL)
    expect([seen.headers.get('retry-after'), seen.headers.get('content-type')]).toEqual([
      '7',
      'text/html; charset=utf-8',
    ])
    sandbox.settings.change({ faults: [{ kind: 'status', status: 500, body: 'google' }] })
    expect((await people.list(FULL)).status).toBe(200)
    expect((await graph.get('/me/contacts')).error).toMatchObject({ status: 'INTERNAL' })
  })
})

describe('a page of contacts', () => {
  const listWith = (fault: Fault) => ({ faults: [{ match: `GET ${PEOPLE}`, times: 1, ...fault }] })

  test('can lead to itself, also from a later page', async ({ sandbox, people }) => {
    const second = String((await people.list(FULL)).body.nextPageToken)
    sandbox.settings.change({ faults: [{ kind: 'loop', match: PEOPLE }] })
    const first = await people.list(FULL)
    const loop = String(first.body.nextPageToken)
    const again = await people.list(`${FULL}&pageToken=${loop}`)
    expect(connectionsOf(again)).toEqual(connectionsOf(first))
    expect(again.body.nextPageToken).toBe(loop)
    expect((await people.list(`${FULL}&pageToken=${second}`)).body.nextPageToken).toBe(second)
    sandbox.settings.change({ faults: [] })
    expect((await people.list(`${FULL}&pageToken=${loop}`)).body.nextPageToken).not.toBe(loop)
  })

  test('can be empty and not the last', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'empty-page' }))
    const { people: listed, pages } = await people.all(FULL)
    expect(pages[0]!.body.connections).toBeUndefined()
    expect(new Set(listed.map(({ resourceName }) => resourceName)).size).toBe(25)
    expect(pages).toHaveLength(4)
  })

  test('can repeat people', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'repeat-items', items: 3 }))
    const listed = connectionsOf(await people.list(FULL))
    expect(listed.slice(10)).toEqual(listed.slice(0, 3))
  })

  test.for([
    ['wrong-type', { names: 42 }],
    ['dot-id', { resourceName: 'people/..' }],
    ['surrogate-id', { resourceName: 'people/A\ud800' }],
    ['error-in-place', { error: { code: 500 } }],
    ['not-an-object', 'person'],
  ] as const)('can have a malformed person: %s', async ([how, expected], { sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'malformed', how, at: 1 }))
    const listed = connectionsOf(await people.list(FULL)) as unknown[]
    if (typeof expected === 'string') expect(listed[1]).toBe(expected)
    else expect(listed[1]).toMatchObject(expected)
    expect(listed[0]).toHaveProperty('resourceName')
  })

  test('can have a person without a resource name', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'malformed', how: 'no-id' }))
    const [first, second] = connectionsOf(await people.list(FULL))
    expect(first).toHaveProperty('etag')
    expect(first).not.toHaveProperty('resourceName')
    expect(second).toHaveProperty('resourceName')
  })

  test('can end in the middle, or break off', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'truncate' }))
    const cut = await people.list(FULL)
    expect(cut.status).toBe(200)
    expect(() => JSON.parse(cut.text) as unknown).toThrow()
    sandbox.settings.change(listWith({ kind: 'reset', bytes: 100 }))
    await expect(people.list(FULL)).rejects.toThrow()
    expect(sandbox.requests.entries.at(-1)!.status).toBeNull()
    sandbox.settings.change(listWith({ kind: 'huge', megabytes: 1 }))
    expect((await people.list(FULL)).text.length).toBeGreaterThan(1_000_000)
  })

  test('can be slow, or come from a hotel', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'drip', everyMs: 0, bytes: 1000 }))
    expect(connectionsOf(await people.list(FULL))).toHaveLength(10)
    sandbox.settings.change(listWith({ kind: 'captive-portal' }))
    const portal = await people.list(FULL, { origin: 'http://localhost:5173' })
    expect([portal.status, portal.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(portal.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('can be asked for with a token that ends now', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'token-expired' }))
    expect([(await people.list(FULL)).status, (await people.list(FULL)).status]).toEqual([401, 401])
    expect((await peopleVisitor(sandbox).list(FULL)).status).toBe(200)
  })

  test('can stay away until the sandbox ends', async ({ sandbox, people }) => {
    sandbox.settings.change(listWith({ kind: 'silent' }))
    const failed = expect(people.list(FULL)).rejects.toThrow()
    await expect.poll(() => sandbox.requests.entries.length).toBe(1)
    await sandbox.close()
    await failed
  })
})

test('sign-in pages, tokens and preflights can fail as well', async ({ sandbox }) => {
  const app = googleApp(sandbox)
  sandbox.settings.change({ faults: [{ kind: 'status', status: 500, match: '/google/o/oauth2/' }] })
  expect((await fetch(app.authorizeUrl())).status).toBe(500)
  sandbox.settings.change({ faults: [{ kind: 'captive-portal', match: 'POST /google/token' }] })
  expect((await app.refresh('1//x')).text).toContain('Hotel')
  sandbox.settings.change({ faults: [{ kind: 'status', status: 403, match: `OPTIONS ${PEOPLE}` }] })
  const preflight = await fetch(`${sandbox.google.peopleUrl}/v1/people/me/connections`, {
    method: 'OPTIONS',
    headers: { origin: 'http://localhost:5173' },
  })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([403, null])
})
