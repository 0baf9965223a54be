import { expect, test } from 'vitest'
import { claimsChallenge } from './claims-challenge.ts'

const claimsOf = (header?: string) =>
  claimsChallenge(new Headers(header === undefined ? {} : { 'www-authenticate': header }))

const start =
  'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", ' +
  'client_id="00000003-0000-0000-c000-000000000000"'
const revoked = '{"access_token":{"nbf":{"essential":true, "value":"1702682181"}}}'

test('continuous access evaluation demands claims, which come decoded', () => {
  const description =
    'errorDescription="result: InteractionRequired, code: TokenIssuedBeforeRevocationTimestamp"'
  const header = `${start}, ${description}, error="insufficient_claims", claims="${btoa(revoked)}"`
  expect(claimsOf(header)).toBe(revoked)
  expect(claimsOf(`PoP nonce="x", ${header}`)).toBe(revoked)
})

test('base64 of the address form is understood as well', () => {
  const text = '{"k":"ÿþ>?"}'
  const encoded = Buffer.from(text).toString('base64url')
  expect(encoded).toMatch(/[-_]/)
  expect(claimsOf(`Bearer claims="${encoded}"`)).toBe(text)
})

test('an ordinary expired token demands none', () => {
  expect(claimsOf(start)).toBeUndefined()
  expect(claimsOf()).toBeUndefined()
})

test.each(['***', btoa('no json'), ''])('claims that cannot be understood (%j) count as none', (claims) => {
  expect(claimsOf(`Bearer claims="${claims}"`)).toBeUndefined()
})

test('claims for another scheme than ours are not ours', () => {
  expect(claimsOf(`PoP claims="${btoa(revoked)}"`)).toBeUndefined()
})
