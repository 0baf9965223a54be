import { createHash, randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { robotWalk, type RobotOptions, type Sandbox, startSandbox } from '../../index.ts'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readText } from '../../read-text.ts'

let sandbox: Sandbox
let app: Server
let redirectUri: string
let answered: URLSearchParams

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 0 })
  app = createServer((request, response) => {
    void readText(request).then((body) => {
      answered = new URLSearchParams(request.method === 'POST' ? body : request.url?.split('?')[1])
      response.end('The app has it')
    })
  })
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve))
  redirectUri = `http://localhost:${(app.address() as AddressInfo).port}`
})
afterEach(() => sandbox.settings.change({ declineForm: 'described', needAdminApproval: false }))
afterAll(async () => {
  await new Promise((resolve) => app.close(resolve))
  await sandbox.close()
})

const verifier = randomBytes(32).toString('base64url')

const authorizeUrl = (more: Record<string, string> = {}): string =>
  `${sandbox.authority}/oauth2/v2.0/authorize?${new URLSearchParams({
    client_id: sandbox.clientId,
    response_type: 'code',
    response_mode: 'query',
    redirect_uri: redirectUri,
    scope: 'openid offline_access Contacts.Read',
    state: 'the-state',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  }).toString()}`

const walk = async (
  decision: RobotOptions['decision'],
  more?: Record<string, string>,
): Promise<URLSearchParams> => {
  await robotWalk(authorizeUrl(more), { decision })
  return answered
}

const token = async (
  body: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> }> => {
  const response = await fetch(`${sandbox.authority}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: sandbox.clientId, ...body }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const redeem = (code: string, more: Record<string, string> = {}) =>
  token({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    ...more,
  })

test.each(['query', 'form_post'])('the answer comes back by %s, with the state', async (response_mode) => {
  const answer = await walk('accept', { response_mode })
  expect(answer.get('state')).toBe('the-state')
  const { status, body } = await redeem(answer.get('code')!)
  expect(status).toBe(200)
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600, ext_expires_in: 3600 })
  expect(body.refresh_token).toEqual(expect.any(String))
  expect(String(body.scope).split(' ')).toContain('Contacts.Read')
})

test('the path may name any tenant', async () => {
  const address = authorizeUrl().replace('/common/', '/organizations/')
  await robotWalk(address, { decision: 'accept' })
  expect(answered.get('code')).not.toBeNull()
})

test('a code works once (54005), with its verifier only (501481)', async () => {
  const code = (await walk('accept')).get('code')!
  const wrong = await redeem(code, { code_verifier: randomBytes(32).toString('base64url') })
  expect(wrong).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_codes: [501481] } })
  const fresh = (await walk('accept')).get('code')!
  const first = await redeem(fresh)
  expect(first.status).toBe(200)
  const second = await redeem(fresh)
  expect(second).toMatchObject({ status: 400, body: { error: 'invalid_grant', error_codes: [54005] } })
})

test('a refresh returns a new refresh token, and the old one still works', async () => {
  const { body } = await redeem((await walk('accept')).get('code')!)
  const renew = () => token({ grant_type: 'refresh_token', refresh_token: String(body.refresh_token) })
  const [once, twice] = [await renew(), await renew()]
  expect([once.status, twice.status]).toEqual([200, 200])
  expect(new Set([body, once.body, twice.body].map((answer) => answer.refresh_token)).size).toBe(3)
})

test('an error has the shape of Entra', async () => {
  const { body } = await token({ grant_type: 'refresh_token', refresh_token: 'nonsense' })
  expect(body).toMatchObject({
    error: 'invalid_grant',
    error_codes: [70000],
    trace_id: expect.any(String) as string,
  })
  expect(body.error_description).toMatch(
    /^AADSTS70000: .*\r\nTrace ID: [\w-]+\r\nCorrelation ID: [\w-]+\r\nTimestamp: [\d :-]+Z$/,
  )
  expect(body.error_uri).toMatch(/code=70000$/)
  expect(body.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/)
})

test('a decline returns its AADSTS number, a cancel on the account page returns no description', async () => {
  sandbox.revokeConsent('user')
  const declined = await walk('decline')
  expect(declined.get('error')).toBe('access_denied')
  expect(declined.get('error_description')).toMatch(/^AADSTS65004: /)
  expect(declined.get('error_uri')).toMatch(/code=65004$/)
  expect(declined.get('state')).toBe('the-state')
  expect(declined.has('code')).toBe(false)

  sandbox.settings.change({ declineForm: 'subcode' })
  const bare = await walk('decline')
  expect(Object.fromEntries(bare)).toEqual({
    error: 'access_denied',
    error_subcode: 'cancel',
    iss: `${sandbox.origin}/common/v2.0`,
    state: 'the-state',
  })
  sandbox.settings.change({ needAdminApproval: true, declineForm: 'described' })
  expect(Object.fromEntries(await walk('accept', { response_mode: 'form_post' }))).toEqual({
    error: 'access_denied',
    error_subcode: 'cancel',
    iss: `${sandbox.origin}/common/v2.0`,
    state: 'the-state',
  })
})

test('a wrong redirect address, an unknown app and a finished sign-in show an error page', async () => {
  const page = async (address: string): Promise<string> => (await fetch(address)).text()
  expect(await page(authorizeUrl({ redirect_uri: 'http://somewhere.example' }))).toContain(
    'data-page="sign-in-error"',
  )
  expect(await page(authorizeUrl({ client_id: 'nobody' }))).toContain('data-page="sign-in-error"')
  expect(await page(`${sandbox.origin}/common/interaction/gone`)).toContain('data-page="sign-in-error"')
})

test('prompt=none without a session answers login_required', async () => {
  await fetch(authorizeUrl({ prompt: 'none' }))
  expect(answered.get('error')).toBe('login_required')
})

test('a device code is pending, then declined', async () => {
  const response = await fetch(`${sandbox.authority}/oauth2/v2.0/devicecode`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: sandbox.clientId,
      scope: 'openid https://graph.microsoft.com/Contacts.Read',
    }),
  })
  const device = (await response.json()) as Record<string, string>
  expect(device).toMatchObject({ interval: 5, expires_in: 900 })
  const poll = () => token({ grant_type: 'device_code', device_code: device.device_code! })
  expect((await poll()).body).toMatchObject({ error: 'authorization_pending', error_codes: [70016] })
  await robotWalk(device.verification_uri_complete!, { decision: 'decline' })
  expect((await poll()).body).toMatchObject({ error: 'authorization_declined' })
})

test('an administrator consents for the whole tenant at the admin consent endpoint', async () => {
  const address = `${sandbox.origin}/organizations/v2.0/adminconsent?${new URLSearchParams({
    client_id: sandbox.clientId,
    scope: 'https://graph.microsoft.com/Contacts.Read',
    redirect_uri: redirectUri,
    state: 's',
  }).toString()}`
  await robotWalk(address, { decision: 'decline' })
  expect(answered.get('error_description')).toContain('AADSTS65004')
  await robotWalk(address, { decision: 'accept' })
  expect(Object.fromEntries(answered)).toMatchObject({ admin_consent: 'True', state: 's' })
})
