import { createHash, createPrivateKey, sign } from 'node:crypto'
import { signingKey } from '../../entra/provider/signing-key.ts'
import type { Person } from '../../people.ts'

const KEY_ID = 'sandbox-google'
const LIFETIME = 3600

/** The keys with which apps can check an id token (RFC 7517). */
export const publicKeys = async (): Promise<object> => {
  const { kty, n, e } = await signingKey()
  return { keys: [{ kty, n, e, use: 'sig', alg: 'RS256', kid: KEY_ID }] }
}

/** Google's id of an account: 21 digits. */
export const subjectOf = ({ objectId }: Person): string =>
  `1${BigInt(`0x${createHash('sha256').update(objectId).digest('hex').slice(0, 20)}`)
    .toString()
    .padStart(20, '0')
    .slice(0, 20)}`

export interface IdTokenParts {
  readonly issuer: string
  readonly clientId: string
  readonly person: Person
  readonly scopes: readonly string[]
  readonly nonce: string | null
}

const has = (scopes: readonly string[], name: string): boolean =>
  scopes.some((scope) => scope.endsWith(`/userinfo.${name}`))

/** A signed JWT that says who signed in. */
export const idToken = async ({ issuer, clientId, person, scopes, nonce }: IdTokenParts): Promise<string> => {
  const iat = Math.floor(Date.now() / 1000)
  const claims = {
    iss: issuer,
    azp: clientId,
    aud: clientId,
    sub: subjectOf(person),
    ...(has(scopes, 'email') && { email: person.username, email_verified: true }),
    ...(has(scopes, 'profile') && { name: person.name }),
    ...(nonce !== null && { nonce }),
    iat,
    exp: iat + LIFETIME,
  }
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS256', kid: KEY_ID, typ: 'JWT' })}.${part(claims)}`
  const key = createPrivateKey({ key: await signingKey(), format: 'jwk' })
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`
}
