import { afterEach, describe, expect, vi } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { FULL, peopleVisitor } from '../google-visitor.ts'

const test = visitedSandbox({ contacts: 5, googleContacts: 25, folders: 0, distributionLists: 0 }).extend(
  'people',
  ({ sandbox }) => peopleVisitor(sandbox),
)

afterEach(() => {
  vi.useRealTimers()
})

const PAGE = 'http://localhost:5173'

const UNAUTHENTICATED = {
  error: {
    code: 401,
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
    status: 'UNAUTHENTICATED',
    details: [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'ACCESS_TOKEN_EXPIRED',
        domain: 'googleapis.com',
        metadata: {
          service: 'people.googleapis.com',
          method: 'google.people.v1.PeopleService.ListConnections',
        },
      },
    ],
  },
}

describe('a token', () => {
  test('has to be there, to be known, and to be valid', async ({ sandbox }) => {
    const tokens = [
      '',
      'ya29.invented',
      sandbox.google.issueToken('user', { expiresIn: 0 }),
      sandbox.issueToken('user'),
    ]
    for (const token of tokens) {
      const { status, body, headers } = await peopleVisitor(sandbox, 'user', token).list(FULL)
      expect([status, body]).toEqual([401, UNAUTHENTICATED])
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /)
    }
    const bare = await fetch(`${sandbox.google.peopleUrl}/v1/people/me/connections?${FULL}`)
    expect([bare.status, await bare.json()]).toEqual([401, UNAUTHENTICATED])
  })

  test('without the scope for contacts is refused', async ({ sandbox }) => {
    const token = sandbox.google.issueToken('user', { scopes: ['openid'] })
    const { status, body } = await peopleVisitor(sandbox, 'user', token).list(FULL)
    expect([status, body]).toEqual([
      403,
      {
        error: {
          code: 403,
          message: 'Request had insufficient authentication scopes.',
          status: 'PERMISSION_DENIED',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
              domain: 'googleapis.com',
              metadata: {
                service: 'people.googleapis.com',
                method: 'google.people.v1.PeopleService.ListConnections',
              },
            },
          ],
        },
      },
    ])
  })

  test('ends when the person removes the app', async ({ sandbox, people }) => {
    expect((await people.list(FULL)).status).toBe(200)
    sandbox.google.revoke('user')
    expect((await people.list(FULL)).status).toBe(401)
    expect((await peopleVisitor(sandbox).list(FULL)).status).toBe(200)
  })
})

describe('personFields', () => {
  test('are needed, and have to exist', async ({ people }) => {
    const missing = await people.list('pageSize=10')
    expect([missing.status, missing.body]).toMatchObject([
      400,
      { error: { status: 'INVALID_ARGUMENT', message: expect.stringContaining('is required') as string } },
    ])
    const { status, body } = await people.list('personFields=names,nope')
    expect([status, body]).toEqual([
      400,
      {
        error: {
          code: 400,
          message:
            'Invalid personFields mask path: "nope". Valid paths are documented at https://developers.google.com/people/api/rest/v1/people.connections/list.',
          status: 'INVALID_ARGUMENT',
        },
      },
    ])
    expect((await people.list('personFields=fileAses')).status).toBe(400)
    expect((await people.list('personFields=genders,locales,skills')).status).toBe(200)
  })

  test.for(['sources=PROFILE', 'requestSyncToken=yes', 'pageSize=1&pageSize=1', 'orderby=names'])(
    'do not come with %s',
    async (wrong, { people }) => {
      const { status, body } = await people.list(`personFields=names&${wrong}`)
      expect([status, body]).toMatchObject([400, { error: { status: 'INVALID_ARGUMENT' } }])
    },
  )
})

test('an address or method that is not there is not found', async ({ sandbox, people }) => {
  const headers = { authorization: `Bearer ${people.token}` }
  for (const [path, method] of [
    ['/v1/otherContacts', 'GET'],
    ['/v1/people/me/connections', 'DELETE'],
  ] as const)
    expect((await fetch(sandbox.google.peopleUrl + path, { method, headers })).status).toBe(404)
})

describe('the quotas', () => {
  test('of reads count each request of a person, for a minute', async ({ sandbox, people }) => {
    sandbox.settings.change({ googleReadsPerMinute: 2 })
    vi.useFakeTimers({ toFake: ['Date'] })
    for (let read = 0; read < 2; read++) expect((await people.list(FULL)).status).toBe(200)
    const { status, body, headers } = await people.list(FULL)
    expect([status, body]).toEqual([
      429,
      {
        error: {
          code: 429,
          message:
            "Quota exceeded for quota metric 'Critical read requests (Contact and Profile Reads)' and limit 'Critical read requests (Contact and Profile Reads) per minute per user' of service 'people.googleapis.com' for consumer 'project_number:123456789012'.",
          status: 'RESOURCE_EXHAUSTED',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
              reason: 'RATE_LIMIT_EXCEEDED',
              domain: 'googleapis.com',
              metadata: {
                quota_limit: 'CriticalReadsPerMinutePerProjectPerUser',
                service: 'people.googleapis.com',
                quota_metric: 'people.googleapis.com/critical_read_requests',
                consumer: 'projects/123456789012',
              },
            },
          ],
        },
      },
    ])
    expect(headers.get('retry-after')).toBeNull()
    expect((await peopleVisitor(sandbox, 'admin').list(FULL)).status).toBe(200)
    vi.setSystemTime(Date.now() + 61_000)
    expect((await people.list(FULL)).status).toBe(200)
  })

  test('of full syncs count their first pages only', async ({ sandbox, people }) => {
    sandbox.settings.change({ googleFullSyncsPerMinute: 1 })
    const { pages, last } = await people.all(FULL)
    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200])
    expect((await people.sync(last.body.nextSyncToken)).last.status).toBe(200)
    const { status, body, headers } = await people.list(FULL)
    expect([status, body]).toEqual([
      429,
      {
        error: {
          code: 429,
          message: 'Resource has been exhausted (e.g. check quota).',
          status: 'RESOURCE_EXHAUSTED',
          details: [
            {
              '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
              violations: [{ subject: 'QUOTA_EXCEEDED', description: 'FBS quota limit exceeded' }],
            },
          ],
        },
      },
    ])
    expect(headers.get('retry-after')).toBeNull()
    expect((await people.sync(last.body.nextSyncToken)).last.status).toBe(200)
  })
})

describe('a page of another origin', () => {
  const preflight = (address: string): Promise<Response> =>
    fetch(address, {
      method: 'OPTIONS',
      headers: {
        origin: PAGE,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })

  test('may ask, and may read contacts and errors', async ({ sandbox, people }) => {
    const answer = await preflight(`${sandbox.google.peopleUrl}/v1/people/me/connections?${FULL}`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE)
    expect(answer.headers.get('access-control-allow-headers')).toBe('authorization')
    expect(answer.headers.get('access-control-allow-methods')).toContain('GET')
    for (const query of [FULL, 'pageSize=1']) {
      const { headers } = await people.list(query, { origin: PAGE })
      expect(headers.get('access-control-allow-origin')).toBe(PAGE)
      expect(headers.get('access-control-expose-headers')).not.toMatch(/retry-after/i)
    }
    expect((await people.list(FULL)).headers.get('access-control-allow-origin')).toBeNull()
  })

  test('sees a broken connection instead of an error, if the settings demand it', async ({
    sandbox,
    people,
  }) => {
    sandbox.settings.change({ errorCors: false })
    const { status, headers } = await people.list('pageSize=1', { origin: PAGE })
    expect([status, headers.get('access-control-allow-origin')]).toEqual([400, null])
  })
})

test('requests and preflights are logged like those of Graph', async ({ sandbox, people }) => {
  await people.list(FULL)
  await people.list('pageSize=1')
  const path = '/google/people/v1/people/me/connections'
  await fetch(sandbox.origin + path, { method: 'OPTIONS', headers: { origin: PAGE } })
  expect(sandbox.requests.entries.map(({ method, path: asked, status }) => [method, asked, status])).toEqual([
    ['GET', `${path}?${FULL}`, 200],
    ['GET', `${path}?pageSize=1`, 400],
    ['OPTIONS', path, 200],
  ])
  expect(JSON.stringify(sandbox.requests.entries)).not.toContain(people.token)
})
