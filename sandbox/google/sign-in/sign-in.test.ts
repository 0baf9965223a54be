import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { describe, expect } from 'vitest'
import { visitedSandbox } from '../../visited-sandbox.ts'
import { googleApp, peopleVisitor } from '../google-visitor.ts'
import { CONTACTS_SCOPE } from './scopes.ts'

const base = visitedSandbox({ contacts: 12, googleContacts: 12, folders: 0, distributionLists: 0 })
const test = base
  .extend('app', ({ sandbox }) => googleApp(sandbox))
  .extend('pages', (): { name: string; text: string }[] => [])

const claimsOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[1]!, 'base64url').toString()) as Record<string, unknown>

describe('the permissions page', () => {
  test('leaves the box for the contacts to the person, if other things are asked for too', async ({
    app,
    pages,
    sandbox,
  }) => {
    const answer = await app.walk({}, { onPage: (page) => pages.push(page) })
    expect(pages.map(({ name }) => name)).toEqual(['google-choose-account', 'google-permissions', ''])
    for (const { text } of pages.slice(0, 2)) expect(text).toContain('SANDBOX: not Google')
    expect(pages[1]!.text).toContain('device-contacts wants access to your Google Account')
    expect(pages[1]!.text).toContain('See and download your contacts')
    expect(Object.fromEntries(answer)).toEqual({
      state: 'the-state',
      iss: sandbox.google.issuer,
      code: expect.stringMatching(/^4\//) as string,
      scope: `email profile openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/userinfo.profile ${CONTACTS_SCOPE}`,
      authuser: '0',
      prompt: 'consent',
    })
    const { body } = await app.redeem(answer.get('code'))
    expect(
      (await peopleVisitor(sandbox, 'user', String(body.access_token)).list('personFields=names')).status,
    ).toBe(200)
  })

  test('gives no access to contacts if the box stays as it is', async ({ app, sandbox }) => {
    const answer = await app.walk({ scope: `openid ${CONTACTS_SCOPE}` }, { untick: true })
    expect(answer.get('scope')).toBe('openid')
    const { body } = await app.redeem(answer.get('code'))
    expect({
      ...body,
      access_token: 'ya29.synthetic',
      refresh_token: '1//synthetic',
      id_token: undefined,
    }).toEqual({
      access_token: 'ya29.synthetic',
      expires_in: 3599,
      refresh_token: '1//synthetic',
      scope: 'openid',
      token_type: 'Bearer',
    })
    const refused = await peopleVisitor(sandbox, 'user', String(body.access_token)).list('personFields=names')
    expect(refused.status).toBe(403)
  })

  test('asks for contacts alone without a box', async ({ app }) => {
    const { status, body } = await app.signIn({ scope: CONTACTS_SCOPE }, { untick: true })
    expect(status).toBe(200)
    expect(body.access_token).toMatch(/^ya29\./)
    expect(body.refresh_token).toMatch(/^1\/\//)
    expect({ ...body, access_token: 'ya29.synthetic', refresh_token: '1//synthetic' }).toEqual({
      access_token: 'ya29.synthetic',
      expires_in: 3599,
      refresh_token: '1//synthetic',
      scope: 'https://www.googleapis.com/auth/contacts.readonly',
      token_type: 'Bearer',
    })
  })

  test('is shown once; a sign-in without it brings no refresh token, unless the app asks for consent', async ({
    app,
    pages,
  }) => {
    const onPage = (page: { name: string; text: string }) => pages.push(page)
    await app.signIn()
    const second = await app.signIn({}, { onPage })
    expect(pages.map(({ name }) => name)).toEqual([''])
    expect(second.body.refresh_token).toBeUndefined()
    const third = await app.signIn({ prompt: 'consent' }, { onPage })
    expect(pages.map(({ name }) => name)).toContain('google-permissions')
    expect(third.body.refresh_token).toMatch(/^1\/\//)
  })

  test('is shown again for what was not ticked', async ({ app, pages }) => {
    await app.signIn({}, { untick: true })
    const { body } = await app.signIn({}, { onPage: (page) => pages.push(page) })
    expect(pages.map(({ name }) => name)).toContain('google-permissions')
    expect(body.scope).toContain(CONTACTS_SCOPE)
  })

  test('brings no refresh token to an app that needs no offline access', async ({ app }) => {
    expect((await app.signIn({ access_type: 'online' })).body.refresh_token).toBeUndefined()
  })

  test('can be cancelled, or left', async ({ app }) => {
    const declined = await app.walk({}, { decision: 'decline' })
    expect(declined.get('error')).toBe('access_denied')
    expect(declined.get('state')).toBe('the-state')
    expect(declined.get('code')).toBeNull()
    expect([...(await app.walk({ prompt: 'select_account' }, { decision: 'abandon' }))]).toEqual([])
  })

  test('counts earlier permissions if the app includes them', async ({ app }) => {
    await app.signIn()
    const { body } = await app.signIn({ scope: 'openid', include_granted_scopes: 'true' })
    expect(body.scope).toContain(CONTACTS_SCOPE)
    expect((await app.signIn({ scope: 'openid' })).body.scope).toBe('openid')
  })
})

describe('the account', () => {
  test('is chosen by a person, unless one is signed in', async ({ app, pages }) => {
    const onPage = (page: { name: string; text: string }) => pages.push(page)
    await app.signIn({}, { account: 'admin' })
    await app.signIn({ prompt: 'select_account' }, { account: 'personal', onPage })
    expect(pages[0]!.name).toBe('google-choose-account')
    const { body } = await app.signIn()
    expect(claimsOf(body.id_token).email).toBe('sam.rivera@personal.example')
    pages.length = 0
    await app.walk({ login_hint: 'tomas@sandbox.example' }, { onPage })
    expect(pages[0]!.name).toBe('google-choose-account')
    expect(pages[0]!.text).toMatch(/continue to device-contacts Tomás Okafor/)
  })

  test('cannot be chosen without a page', async ({ app }) => {
    expect((await app.walk({ prompt: 'none' })).get('error')).toBe('interaction_required')
    await app.signIn({}, { untick: true })
    expect((await app.walk({ prompt: 'none' })).get('error')).toBe('interaction_required')
    await app.signIn()
    expect((await app.walk({ prompt: 'none' })).get('code')).toMatch(/^4\//)
  })
})

describe('the answer', () => {
  test.for(['query', 'fragment', 'form_post'])('comes in the %s', async (response_mode, { app, sandbox }) => {
    const answer = await app.walk({ response_mode })
    expect(answer.get('state')).toBe('the-state')
    expect(answer.get('iss')).toBe(sandbox.google.issuer)
    expect((await app.redeem(answer.get('code'))).status).toBe(200)
  })

  test('names another issuer, or none, if the settings demand it', async ({ app, sandbox }) => {
    sandbox.settings.change({ answerIssuer: 'missing' })
    expect((await app.walk()).get('iss')).toBeNull()
    sandbox.settings.change({ answerIssuer: 'other' })
    expect((await app.walk()).get('iss')).not.toBe(sandbox.google.issuer)
  })

  test('never goes to an address of another machine or another app', async ({ app, sandbox }) => {
    sandbox.settings.change({ spaRedirects: ['http://localhost:5173/answer'] })
    const page = (redirect: string) => googleApp(sandbox, redirect, 'web').authorizeUrl()
    const blocked = [
      app.authorizeUrl({ redirect_uri: 'https://evil.example/' }),
      app.authorizeUrl({ redirect_uri: 'http://127.0.0.1.evil.example/' }),
      app.authorizeUrl({ redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }),
      page('http://localhost:5173/other'),
      page('http://127.0.0.1:53682/back'),
    ]
    for (const address of blocked) {
      const response = await fetch(address, { redirect: 'manual' })
      const text = await response.text()
      expect(response.status).toBe(400)
      expect(text).toContain('data-page="google-error"')
      expect(text).toContain('Access blocked')
      expect(text).toContain('(redirect_uri_mismatch)')
      expect(text).not.toContain('<form')
    }
    await expect(app.walk({ redirect_uri: 'http://localhost:5173/answer#' })).rejects.toThrow(
      'Access blocked',
    )
    for (const address of ['http://localhost:5173', 'http://127.0.0.1:1/a/b?c=d'])
      expect((await fetch(app.authorizeUrl({ redirect_uri: address }))).status).toBe(200)
    expect((await fetch(page('http://localhost:5173/answer'))).status).toBe(200)
  })

  test.for([
    [{ client_id: 'other' }, 'invalid_client'],
    [{ response_type: 'token' }, 'unsupported_response_type'],
    [{ response_mode: 'web_message' }, 'invalid_request'],
    [{ scope: '' }, 'invalid_request'],
    [{ scope: 'openid https://www.googleapis.com/auth/nope' }, 'invalid_scope'],
    [{ code_challenge_method: 'S512' }, 'invalid_request'],
  ] as const)('is a page of Google for %o', async ([wrong, error], { app }) => {
    await expect(app.walk(wrong)).rejects.toThrow(`(${error})`)
  })
})

describe('the id token', () => {
  test('says who signed in, and is signed with a key that the metadata names', async ({ app, sandbox }) => {
    const { body } = await app.signIn()
    const now = Math.floor(Date.now() / 1000)
    const claims = claimsOf(body.id_token)
    expect(claims).toMatchObject({
      iss: sandbox.google.issuer,
      aud: sandbox.google.clientId,
      sub: expect.stringMatching(/^\d{21}$/) as string,
      email: 'mira@sandbox.example',
      email_verified: true,
      name: 'Mira Lindqvist',
      nonce: 'the-nonce',
    })
    expect(Number(claims.exp)).toBeGreaterThan(now)
    const metadata = await fetch(`${sandbox.google.issuer}/.well-known/openid-configuration`)
    const { jwks_uri: address } = (await metadata.json()) as { jwks_uri: string }
    const { keys } = (await (await fetch(address)).json()) as { keys: JsonWebKey[] }
    expect(Object.keys(keys[0]!).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use'])
    const [header, payload, signature] = String(body.id_token).split('.')
    expect(
      verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${payload}`),
        createPublicKey({ key: keys[0]!, format: 'jwk' }),
        Buffer.from(signature!, 'base64url'),
      ),
    ).toBe(true)
  })

  test('says only what was asked for', async ({ app }) => {
    const claims = claimsOf((await app.signIn({ scope: `openid ${CONTACTS_SCOPE}` })).body.id_token)
    expect(claims.email).toBeUndefined()
    expect(claims.name).toBeUndefined()
    expect((await app.signIn({ scope: CONTACTS_SCOPE })).body.id_token).toBeUndefined()
  })
})
