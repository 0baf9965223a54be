import { generateKeyPair, type JsonWebKey } from 'node:crypto'
import { promisify } from 'node:util'

let key: Promise<JsonWebKey & { kty: string }> | undefined

/** The key that signs id tokens: generated once per process, because generating RSA keys is slow. */
export const signingKey = (): Promise<JsonWebKey & { kty: string }> => {
  key ??= promisify(generateKeyPair)('rsa', { modulusLength: 2048 }).then(({ privateKey }) => ({
    ...privateKey.export({ format: 'jwk' }),
    kty: 'RSA',
    use: 'sig',
    alg: 'RS256',
  }))
  return key
}
