import { afterEach, describe, expect, vi } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { FULL, googleApp, peopleVisitor } from '../google-visitor.ts'

const PAGE = 'http://localhost:5173/answer'
const ORIGIN = 'http://localhost:5173'

const test = visitedSandbox({
  contacts: 5,
  googleContacts: 5,
  folders: 0,
  distributionLists: 0,
  spaRedirects: [PAGE],
})
  .extend('app', ({ sandbox }) => googleApp(sandbox))
  .extend('page', ({ sandbox }) => googleApp(sandbox, PAGE, 'web'))

afterEach(() => {
  vi.useRealTimers()
})

const INVALID_GRANT = { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' }

describe('the metadata', () => {
  test('names the endpoints, for pages of any origin', async ({ sandbox }) => {
    const { issuer } = sandbox.google
    const response = await fetch(`${issuer}/.well-known/openid-configuration`)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/o/oauth2/v2/auth`,
      token_endpoint: `${issuer}/token`,
      revocation_endpoint: `${issuer}/revoke`,
      jwks_uri: `${issuer}/oauth2/v3/certs`,
      code_challenge_methods_supported: expect.arrayContaining(['S256']) as string[],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      authorization_response_iss_parameter_supported: true,
    })
  })
})

describe('a code', () => {
  test('works once', async ({ app }) => {
    const code = (await app.walk()).get('code')
    expect((await app.redeem(code)).status).toBe(200)
    const again = await app.redeem(code)
    expect([again.status, again.body.error]).toEqual([400, 'invalid_grant'])
  })

  test.for([
    [{ client_secret: '' }, 400, 'invalid_request', 'client_secret is missing.'],
    [{ client_secret: 'guessed' }, 401, 'invalid_client', 'Unauthorized'],
    [{ client_id: 'other' }, 401, 'invalid_client', 'The OAuth client was not found.'],
    [{ code_verifier: 'x'.repeat(43) }, 400, 'invalid_grant', 'Invalid code verifier.'],
    [{ redirect_uri: 'http://127.0.0.1:1/' }, 400, 'redirect_uri_mismatch', 'Bad Request'],
    [{ code: '4/invented' }, 400, 'invalid_grant', 'Malformed auth code.'],
    [{ grant_type: 'password' }, 400, 'unsupported_grant_type', 'Invalid grant_type: password'],
  ] as const)('gives nothing for %o', async ([wrong, status, error, description], { app }) => {
    const code = (await app.walk()).get('code')
    const refused = await app.redeem(code, wrong)
    expect([refused.status, refused.body]).toEqual([status, { error, error_description: description }])
  })

  test('needs the verifier and the secret, which may be in the header as well', async ({ app, sandbox }) => {
    const form = {
      grant_type: 'authorization_code',
      code: String((await app.walk()).get('code')),
      redirect_uri: 'http://127.0.0.1:53682/back',
    }
    const bare = await app.post('/token', { ...form, client_id: app.clientId })
    expect(bare.body).toEqual({ error: 'invalid_request', error_description: 'client_secret is missing.' })
    const without = await app.post('/token', {
      ...form,
      client_id: app.clientId,
      client_secret: app.clientSecret,
    })
    expect(without.body).toEqual({ error: 'invalid_grant', error_description: 'Missing code verifier.' })
    const basic = Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')
    const plain = String(
      (await app.walk({ code_challenge: 'plain-text', code_challenge_method: 'plain' })).get('code'),
    )
    const response = await fetch(`${sandbox.google.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams({ ...form, code: plain, code_verifier: 'plain-text' }),
    })
    expect(response.status).toBe(200)
  })

  test('of one client gives nothing to the other', async ({ app, page }) => {
    const code = (await app.walk()).get('code')
    const { status, body } = await page.redeem(code, { redirect_uri: 'http://127.0.0.1:53682/back' })
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })
})

describe('a refresh token', () => {
  test('stays the same: the answer has an access token only', async ({ app, sandbox }) => {
    const first = await app.signIn()
    for (let round = 0; round < 2; round++) {
      const { status, body } = await app.refresh(first.body.refresh_token)
      expect(status).toBe(200)
      expect(Object.keys(body)).toEqual(['access_token', 'expires_in', 'scope', 'token_type', 'id_token'])
      expect(body.scope).toBe(first.body.scope)
      const visitor = peopleVisitor(sandbox, 'user', String(body.access_token))
      expect((await visitor.list(FULL)).status).toBe(200)
    }
  })

  test('ends when the person removes the app, and with it all access tokens', async ({
    app,
    page,
    sandbox,
  }) => {
    const { body } = await app.signIn()
    const other = await page.signIn({}, { account: 'admin' })
    sandbox.google.revoke('user')
    const refused = await app.refresh(body.refresh_token)
    expect([refused.status, refused.body]).toEqual([400, INVALID_GRANT])
    expect((await peopleVisitor(sandbox, 'user', String(body.access_token)).list(FULL)).status).toBe(401)
    expect((await page.refresh(other.body.refresh_token)).status).toBe(200)
    const again = await app.signIn()
    expect((await app.refresh(again.body.refresh_token)).status).toBe(200)
  })

  test('ends after its lifetime, as an access token does', async ({ app, sandbox }) => {
    sandbox.settings.change({ accessTokenLifetime: 60, refreshTokenLifetime: 7200 })
    const begun = Date.now()
    const { body } = await app.signIn()
    expect(body.expires_in).toBe(59)
    vi.useFakeTimers({ toFake: ['Date'] })
    vi.setSystemTime(begun + 120_000)
    expect((await peopleVisitor(sandbox, 'user', String(body.access_token)).list(FULL)).status).toBe(401)
    expect((await app.refresh(body.refresh_token)).status).toBe(200)
    vi.setSystemTime(begun + 7_300_000)
    expect((await app.refresh(body.refresh_token)).body).toEqual(INVALID_GRANT)
  })

  test('is of one client, and has to be known', async ({ app, page }) => {
    const { body } = await app.signIn()
    expect((await page.refresh(body.refresh_token)).body).toEqual(INVALID_GRANT)
    expect((await app.refresh('1//invented')).body).toEqual(INVALID_GRANT)
  })
})

describe('revoking', () => {
  test.for(['access_token', 'refresh_token'])(
    'an %s ends the permission of the person for the app',
    async (kind, { app, page }) => {
      const { body } = await app.signIn()
      const others = [
        await page.signIn(),
        await app.signIn({ prompt: 'select_account' }, { account: 'admin' }),
      ]
      const revoked = await app.post('/revoke', { token: String(body[kind]) })
      expect([revoked.status, revoked.body]).toEqual([200, {}])
      expect((await app.refresh(body.refresh_token)).body).toEqual(INVALID_GRANT)
      expect((await page.refresh(others[0]!.body.refresh_token)).status).toBe(200)
      expect((await app.refresh(others[1]!.body.refresh_token)).status).toBe(200)
    },
  )

  test('an unknown or revoked token says so', async ({ app }) => {
    const { body } = await app.signIn()
    await app.post('/revoke', { token: String(body.access_token) })
    for (const token of ['ya29.invented', String(body.refresh_token)]) {
      const refused = await app.post('/revoke', { token })
      expect([refused.status, refused.body]).toEqual([400, { error: 'invalid_token' }])
    }
  })
})

describe('a page', () => {
  test('redeems codes of the web client, and may read answers and errors', async ({ app, page }) => {
    const code = (await page.walk({ response_mode: 'fragment' })).get('code')
    const answers = [await page.redeem(code, {}, ORIGIN), await page.redeem(code, {}, ORIGIN)]
    expect(answers.map(({ status }) => status)).toEqual([200, 400])
    for (const { headers } of answers) expect(headers.get('access-control-allow-origin')).toBe(ORIGIN)
    const other = await app.redeem((await app.walk()).get('code'), {}, 'http://localhost:9')
    expect(other.headers.get('access-control-allow-origin')).toBeNull()
    const revoked = await page.post('/revoke', { token: String(answers[0]!.body.access_token) }, ORIGIN)
    expect([revoked.status, revoked.headers.get('access-control-allow-origin')]).toEqual([200, ORIGIN])
  })
})

test('every code and token is known to tests that look for leftovers, and none is logged', async ({
  app,
  sandbox,
}) => {
  const code = (await app.walk()).get('code')!
  const { body } = await app.redeem(code)
  const secrets = [code, String(body.access_token), String(body.refresh_token)]
  expect(sandbox.google.issuedSecrets()).toEqual(expect.arrayContaining(secrets))
  const log = JSON.stringify(sandbox.requests.entries)
  for (const secret of [...secrets, 'the-state']) expect(log).not.toContain(secret)
  expect(sandbox.requests.matching('POST /google/token')).toMatchObject([{ status: 200 }])
})
