import { describe, expect, it } from 'vitest'
import { TransientError } from '../../../http/retry/transient-error.ts'
import { failureOfRedeeming, failureOfRenewal } from '../../../sign-in/errors.ts'
import { newSecrets, type SignInSecrets } from '../../../sign-in/authority/oauth-client.ts'
import { entraClient, type EntraClientOptions } from './entra-client.ts'

const { signal } = new AbortController()
const redirectUri = 'https://app.example.test/sign-in'
const authority = 'https://login.microsoftonline.com/organizations'
const tenant = '11111111-2222-3333-4444-555555555555'
const metadata = {
  issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
  authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
  token_endpoint: `${authority}/oauth2/v2.0/token`,
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const claimsFor = ({ nonce }: SignInSecrets) => ({
  iss: `https://login.microsoftonline.com/${tenant}/v2.0`,
  ...{
    aud: 'client-1',
    sub: 's',
    tid: tenant,
    oid: 'object-1',
    preferred_username: 'ada@example.test',
    nonce,
  },
  // A device whose clock is years ahead must be able to sign in.
  ...{ iat: 1_600_000_000, exp: 1_600_003_600 },
})
const tokens = (claims: object, values: object = {}) => ({
  ...{ token_type: 'Bearer', access_token: 'access-1', refresh_token: 'refresh-1', expires_in: 3600 },
  scope: 'openid profile Contacts.Read',
  id_token: `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}.${encode('signature')}`,
  ...values,
})

interface Sent {
  readonly url: string
  readonly request: RequestInit
}

/** A client whose authority answers like this, and the requests for tokens that it sent. */
const clientOf = async (
  answer: () => Response | Promise<Response>,
  options: Partial<EntraClientOptions> & { readonly found?: object } = {},
) => {
  const sent: Sent[] = []
  const { found = metadata, ...more } = options
  const fetch = async (url: string | URL | Request, request: RequestInit = {}): Promise<Response> => {
    if (request.method !== 'POST') return Response.json(found)
    sent.push({ url: url as string, request })
    return answer()
  }
  const client = await entraClient(
    {
      ...{ clientId: 'client-1', authority },
      ...{ scopes: ['Contacts.Read'], timeLimit: 60_000, fetch },
      ...more,
    },
    signal,
  )
  const body = () => new URLSearchParams(sent[0]?.request.body as URLSearchParams)
  return { client, sent, body }
}

const redeemed = async (secrets: SignInSecrets, answer: object, status = 200) => {
  const { client, body, sent } = await clientOf(() => Response.json(answer, { status }))
  const code = new URLSearchParams({
    code: 'code-1',
    state: secrets.state,
    iss: 'https://other.example.test',
  })
  return { result: await client.redeem(code, secrets, redirectUri, signal), body, sent }
}

describe('the address of the sign-in page', () => {
  it('asks for a code with a challenge, in the fragment, and tells Graph that it may demand claims', async () => {
    const { client } = await clientOf(() => Response.json({}))
    const secrets = newSecrets()
    const address = new URL(await client.address(secrets, { prompt: 'select_account' }, redirectUri))
    const asked = Object.fromEntries(address.searchParams)
    expect(address.origin + address.pathname).toBe(metadata.authorization_endpoint)
    expect(asked).toMatchObject({
      ...{ response_type: 'code', response_mode: 'fragment', prompt: 'select_account' },
      ...{ state: secrets.state, nonce: secrets.nonce, code_challenge_method: 'S256' },
      scope: 'openid profile offline_access Contacts.Read',
    })
    expect(JSON.parse(asked['claims'] ?? '')).toEqual({ access_token: { xms_cc: { values: ['CP1'] } } })
    expect(address.href).not.toContain(secrets.verifier)
  })

  it('has secrets of its own for each sign-in', () => {
    const all = [newSecrets(), newSecrets()].flatMap(({ state, nonce, verifier }) => [state, nonce, verifier])
    expect(new Set(all).size).toBe(6)
  })

  it.each([
    ['plain http', { authorization_endpoint: 'http://login.example.test/authorize' }],
    ['a script', { authorization_endpoint: 'javascript:alert(1)' }],
    ['tokens over plain http', { token_endpoint: 'http://login.example.test/token' }],
    ['no issuer', { issuer: undefined }],
  ])('is none if the metadata names %s', async (_, wrong) => {
    await expect(
      clientOf(() => Response.json({}), { found: { ...metadata, ...wrong } }),
    ).rejects.toMatchObject({ code: 'app-misconfigured' })
  })

  it('is none for an authority that is reached over plain http', async () => {
    await expect(
      clientOf(() => Response.json({}), { authority: 'http://login.example.test/common' }),
    ).rejects.toMatchObject({ code: 'app-misconfigured' })
  })
})

describe('a code', () => {
  it('is redeemed with its verifier for tokens of the tenant that signed in', async () => {
    const secrets = newSecrets()
    const { result, body, sent } = await redeemed(secrets, tokens(claimsFor(secrets)))
    expect(result).toEqual({
      ...{ accessToken: 'access-1', refreshToken: 'refresh-1', lifetime: 3_600_000 },
      scopes: ['openid', 'profile', 'Contacts.Read'],
      account: { id: `${tenant}.object-1`, username: 'ada@example.test' },
    })
    expect(body().get('code_verifier')).toBe(secrets.verifier)
    expect(sent[0]?.url).toBe(metadata.token_endpoint)
    expect(sent[0]?.request).toMatchObject({ redirect: 'manual', credentials: 'omit' })
  })

  it.each([
    ['another nonce', { nonce: 'other' }],
    ['another app', { aud: 'client-2' }],
    ['another issuer', { iss: 'https://login.example.test/v2.0' }],
    ['the issuer of another tenant', { tid: '99999999-2222-3333-4444-555555555555' }],
    ['a tenant that is no id', { tid: '../common', iss: 'https://login.microsoftonline.com/../common/v2.0' }],
  ])('gives no access if its tokens are for %s', async (_, claims) => {
    const secrets = newSecrets()
    const answer = tokens({ ...claimsFor(secrets), ...claims })
    const thrown: unknown = await redeemed(secrets, answer).catch((error: unknown) => error)
    expect(thrown).toMatchObject({ code: 'bad-answer' })
    // The library's error has the claims.
    expect(thrown).not.toHaveProperty('cause')
  })

  it.each([
    ['no id token', { id_token: undefined }],
    ['a token that no header may contain', { access_token: 'a\r\nb' }],
    ['tokens of another kind', { token_type: 'mac' }],
  ])('gives no access for %s', async (_, values) => {
    const secrets = newSecrets()
    await expect(redeemed(secrets, tokens(claimsFor(secrets), values))).rejects.toMatchObject({
      code: 'bad-answer',
    })
  })

  it('that is refused says why, as for every other sign-in', async () => {
    const refusal = {
      error: 'invalid_request',
      error_codes: [9002326],
      error_description: 'AADSTS9002326: x',
    }
    const thrown: unknown = await redeemed(newSecrets(), refusal, 400).catch((error: unknown) => error)
    expect(failureOfRedeeming(thrown)).toMatchObject({
      code: 'app-misconfigured',
      details: { serviceCode: 'AADSTS9002326' },
    })
  })

  it.each([503, 429])('during an outage (%i) may be redeemed again', async (status) => {
    await expect(redeemed(newSecrets(), {}, status)).rejects.toBeInstanceOf(TransientError)
  })
})

describe('a refresh', () => {
  it('passes on the claims that Graph demands', async () => {
    const { client, body } = await clientOf(() =>
      Response.json(tokens(claimsFor(newSecrets()), { id_token: undefined })),
    )
    const demanded = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
    expect(await client.refresh('refresh-1', demanded, signal)).toMatchObject({ account: null })
    expect(body().get('refresh_token')).toBe('refresh-1')
    expect(JSON.parse(body().get('claims') ?? '')).toEqual({
      access_token: { nbf: { essential: true, value: '1604106651' }, xms_cc: { values: ['CP1'] } },
    })
  })

  it.each([
    [700084, undefined, 'sign-in-expired'],
    [65001, 'consent_required', 'permission-removed'],
  ])('refused with %i is the failure of a renewal', async (number, suberror, code) => {
    const refusal = { error: 'invalid_grant', error_codes: [number], suberror }
    const { client } = await clientOf(() => Response.json(refusal, { status: 400 }))
    const thrown: unknown = await client.refresh('r', undefined, signal).catch((error: unknown) => error)
    expect(failureOfRenewal(thrown)).toMatchObject({ code })
  })
})
