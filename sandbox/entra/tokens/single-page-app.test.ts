import { expect } from 'vitest'
import type { Sandbox } from '../../index.ts'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { pageVisitor } from '../../page-visitor.ts'

const APP = 'http://localhost:5173'
const ANSWER_PAGE = `${APP}/answer.html`

const test = visitedSandbox({ contacts: 0, spaRedirects: [ANSWER_PAGE] }).extend('page', ({ sandbox }) =>
  pageVisitor(sandbox, ANSWER_PAGE),
)

const READABLE = 'access-control-allow-origin'

test('the answer comes back in the fragment, and its code is worth a token for pages of that origin', async ({
  page,
  graph,
  sandbox,
}) => {
  const answer = await page.walk()
  expect(Object.fromEntries(answer)).toEqual({
    code: expect.any(String) as string,
    state: 'the-state',
    iss: `${sandbox.authority}/v2.0`,
  })
  const { status, headers, body } = await page.redeem(answer.get('code'))
  expect(status).toBe(200)
  expect(headers.get(READABLE)).toBe(APP)
  expect(body).toMatchObject({ token_type: 'Bearer', refresh_token: expect.any(String) as string })
  const authorization = `Bearer ${String(body.access_token)}`
  expect((await graph.get('/me/contacts', { authorization })).status).toBe(200)
})

test('each app needs a consent of its own, and needs it once', async ({ page, sandbox }) => {
  const pages: string[] = []
  const note = ({ name }: { name: string }) => void pages.push(name)
  await page.walk('accept', {}, note)
  expect(pages).toEqual(['choose-account', 'permissions', ''])
  pages.length = 0
  const second = await page.walk('accept', { prompt: 'select_account' }, note)
  expect(pages).toEqual(['choose-account', ''])
  expect((await page.redeem(second.get('code'))).status).toBe(200)
  pages.length = 0
  await pageVisitor(sandbox, 'http://localhost:8400', sandbox.clientId).walk('accept', {}, note)
  expect(pages).toEqual(['choose-account', 'permissions', ''])
})

test.for([
  ['another port', 'http://localhost:5174/answer.html'],
  ['another path', `${APP}/other.html`],
  ['a query', `${ANSWER_PAGE}?a=b`],
  ['the address of a program', 'http://localhost'],
])(
  '%s is not registered: the error stays on the page (50011)',
  async ([, redirect_uri = ''], { page, sandbox }) => {
    const response = await fetch(page.authorizeUrl({ redirect_uri }), { redirect: 'manual' })
    expect(response.status).toBe(400)
    const text = await response.text()
    expect(text).toContain('data-page="sign-in-error"')
    expect(text).toContain('AADSTS50011: The redirect URI &#39;')
    expect(text).toContain(`the application &#39;${sandbox.spaClientId}&#39;`)
  },
)

test('addresses can be registered later; without any, and for unknown apps, the page says so', async ({
  page,
  sandbox,
}) => {
  const later = 'http://127.0.0.1:4444/'
  const ask = async (more: Record<string, string>) => {
    const response = await fetch(page.authorizeUrl(more), { redirect: 'manual' })
    return response.headers.get('location') ?? (await response.text())
  }
  sandbox.settings.change({ spaRedirects: [] })
  expect(await ask({})).toContain('AADSTS500113')
  expect(await ask({ client_id: 'nobody' })).toContain('AADSTS700016')
  sandbox.settings.change({ spaRedirects: [later] })
  expect(await ask({ redirect_uri: later })).toContain('/interaction/')
  expect(await ask({})).toContain('AADSTS50011')
  for (const wrong of ['https://localhost/', 'http://app.example/', 'http://localhost:1/#a', 'nonsense'])
    expect(() => sandbox.settings.change({ spaRedirects: [wrong] })).toThrow('Not an http address')
})

test('outside of a page, nothing is redeemed (9002327)', async ({ page }) => {
  const code = (await page.walk()).get('code')
  const refused = await page.redeem(code, {}, null)
  expect(refused).toMatchObject({
    status: 400,
    body: {
      error: 'invalid_request',
      error_codes: [9002327],
      error_uri: 'https://login.microsoftonline.com/error?code=9002327',
    },
  })
  expect(refused.body.error_description).toMatch(
    /^AADSTS9002327: Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests\.\r\nTrace ID: [\w-]+\r\nCorrelation ID: [\w-]+\r\nTimestamp: [\d :-]+Z$/,
  )
  const redeemed = await page.redeem(code)
  expect(redeemed.status).toBe(200)
  expect((await page.refresh(redeemed, null)).body.error_codes).toEqual([9002327])
  expect((await page.refresh(redeemed)).status).toBe(200)
})

test('pages of another origin get nothing, and cannot read why (9002326)', async ({ page }) => {
  const code = (await page.walk()).get('code')
  for (const stranger of ['http://localhost:5174', 'http://127.0.0.1:5173', 'null']) {
    const { status, headers, body } = await page.redeem(code, {}, stranger)
    expect({ status, error: body.error, codes: body.error_codes }).toEqual({
      status: 400,
      error: 'invalid_request',
      codes: [9002326],
    })
    expect(body.error_description).toContain(
      `AADSTS9002326: Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${stranger}'.`,
    )
    expect(headers.get(READABLE)).toBeNull()
  }
  expect((await page.redeem(code)).status).toBe(200)
})

test('what the app for programs got is not redeemed from a page (9002326)', async ({ page, sandbox }) => {
  const program = pageVisitor(sandbox, 'http://localhost:8400', sandbox.clientId)
  const code = (await program.walk()).get('code')
  expect((await program.redeem(code, {}, APP)).body.error_codes).toEqual([9002326])
  const redeemed = await program.redeem(code, {}, null)
  expect(redeemed.status).toBe(200)
  expect((await program.refresh(redeemed, APP)).body.error_codes).toEqual([9002326])
  // The other app has no right to it either.
  expect((await page.refresh(redeemed)).body.error).toBe('invalid_grant')
  expect((await program.refresh(redeemed, null)).status).toBe(200)
})

const refusals: readonly [string, (sandbox: Sandbox) => void, number][] = [
  ['consent was revoked', (sandbox) => sandbox.revokeConsent('user'), 65001],
  ['sessions were revoked', (sandbox) => sandbox.revokeSessions('user'), 50173],
  ['a policy says so', ({ settings }) => settings.change({ refreshRefusal: '70043' }), 70043],
]

test.for(refusals)(
  'a page can read that a refresh is refused because %s',
  async ([, refuse, number], { page, sandbox }) => {
    const redeemed = await page.redeem((await page.walk()).get('code'))
    refuse(sandbox)
    const { status, headers, body } = await page.refresh(redeemed)
    expect({ status, error: body.error, codes: body.error_codes }).toEqual({
      status: 400,
      error: 'invalid_grant',
      codes: [number],
    })
    expect(headers.get(READABLE)).toBe(APP)
    expect(headers.get('vary')).toMatch(/origin/i)
  },
)

test('a page can read that a code is refused, by each part that refuses it, and that a service is down', async ({
  page,
  sandbox,
}) => {
  const nonsense = await page.redeem('nonsense')
  expect([nonsense.body.error, nonsense.headers.get(READABLE)]).toEqual(['invalid_grant', APP])
  sandbox.settings.change({ signInRefusal: { at: 'redeem', number: 53003 } })
  const policy = await page.redeem((await page.walk()).get('code'))
  expect([policy.body.error_codes, policy.headers.get(READABLE)]).toEqual([[53003], APP])
  const match = '/oauth2/v2.0/token'
  const outage = { kind: 'status', status: 503, body: 'graph', match } as const
  for (const [fault, readable] of [
    [outage, APP],
    [{ ...outage, cors: false }, null],
  ] as const) {
    sandbox.settings.change({ faults: [fault] })
    const down = await page.redeem('nonsense')
    expect([down.status, down.headers.get(READABLE)]).toEqual([503, readable])
  }
})

test('CORS at the token endpoint is a setting', async ({ page, sandbox }) => {
  const redeemed = await page.redeem((await page.walk()).get('code'))
  sandbox.settings.change({ tokenCors: 'none' })
  const unread = await page.refresh(redeemed)
  expect([unread.status, unread.headers.get(READABLE)]).toEqual([200, null])
  sandbox.settings.change({ tokenCors: 'any' })
  const stranger = await page.refresh(redeemed, 'http://localhost:1')
  expect([stranger.body.error_codes, stranger.headers.get(READABLE)]).toEqual([
    [9002326],
    'http://localhost:1',
  ])
})

test('preflights of discovery, keys and token are answered, that of the token for registered pages', async ({
  sandbox,
}) => {
  const preflight = async (path: string, method: string, origin: string) => {
    const response = await fetch(`${sandbox.authority}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'x-client-sku',
      },
    })
    return [
      response.status,
      response.headers.get(READABLE),
      response.headers.get('access-control-allow-headers'),
    ]
  }
  for (const path of ['/v2.0/.well-known/openid-configuration', '/discovery/v2.0/keys'])
    for (const origin of [APP, 'http://localhost:1'])
      expect(await preflight(path, 'GET', origin)).toEqual([204, origin, 'x-client-sku'])
  expect(await preflight('/oauth2/v2.0/token', 'POST', APP)).toEqual([204, APP, 'x-client-sku'])
  expect(await preflight('/oauth2/v2.0/token', 'POST', 'http://localhost:1')).toEqual([
    204,
    null,
    'x-client-sku',
  ])
})
