import { expect, test } from 'vitest'
import { challenges, claimsChallenge } from './claims-challenge.ts'

const claimsOf = (header?: string) =>
  claimsChallenge(new Headers(header === undefined ? {} : { 'www-authenticate': header }))

const start =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
  'client_id="00000003-0000-0000-c000-000000000000"'
const revoked = '{"access_token":{"nbf":{"essential":true, "value":"1702682181"}}}'

test('continuous access evaluation demands claims, which are returned decoded', () => {
  const description =
    'errorDescription="result: InteractionRequired, code: TokenIssuedBeforeRevocationTimestamp"'
  const header = `${start}, ${description}, error="insufficient_claims", claims="${btoa(revoked)}"`
  expect(claimsOf(header)).toBe(revoked)
  expect(claimsOf(`PoP nonce="x", ${header}`)).toBe(revoked)
})

test('base64url is read as well', () => {
  const text = '{"k":"ÿþ>?"}'
  const encoded = Buffer.from(text).toString('base64url')
  expect(encoded).toMatch(/[-_]/)
  expect(claimsOf(`Bearer claims="${encoded}"`)).toBe(text)
})

test('an ordinary expired token demands none', () => {
  expect(claimsOf(start)).toBeUndefined()
  expect(claimsOf()).toBeUndefined()
})

test.each(['***', btoa('no json'), ''])('claims that cannot be read (%j) are ignored', (claims) => {
  expect(claimsOf(`Bearer claims="${claims}"`)).toBeUndefined()
})

test('claims of a challenge with another scheme are ignored', () => {
  expect(claimsOf(`PoP claims="${btoa(revoked)}"`)).toBeUndefined()
})

const plain = (header: string) =>
  challenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])

test('one challenge with quoted and plain parameters', () => {
  expect(plain('Bearer realm="", error=insufficient_claims, Client_Id="00000003-0000"')).toEqual([
    ['bearer', { realm: '', error: 'insufficient_claims', client_id: '00000003-0000' }],
  ])
})

test('several challenges in one header are separated, even if their values contain commas', () => {
  const header =
    'PoP nonce="a, Bearer claims=no", Bearer realm="x", errorDescription="revoked, sign in, again", claims="e30="'
  expect(plain(header)).toEqual([
    ['pop', { nonce: 'a, Bearer claims=no' }],
    ['bearer', { realm: 'x', errordescription: 'revoked, sign in, again', claims: 'e30=' }],
  ])
})

test('schemes without parameters, and with one opaque value', () => {
  expect(plain('Negotiate, NTLM TlRMTVNTUAACAAA==, Bearer')).toEqual([
    ['negotiate', {}],
    ['ntlm', {}],
    ['bearer', {}],
  ])
})

test('an escaped quote does not end a value', () => {
  expect(plain('Basic realm="say \\"hi\\", you", charset=UTF-8')).toEqual([
    ['basic', { realm: 'say "hi", you', charset: 'UTF-8' }],
  ])
})

test.each(['', '   ', ',,,', '=', '"', 'realm="orphan"'])(
  'the malformed header %j contains no challenge',
  (header) => {
    expect(challenges(header)).toEqual([])
  },
)

test('a long malicious header is read quickly', () => {
  const started = performance.now()
  challenges(`Bearer ${'a'.repeat(100_000)}="${'\\'.repeat(100_001)}`)
  challenges(', '.repeat(100_000) + '"')
  expect(performance.now() - started).toBeLessThan(2_000)
})
