import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto'
import type { VaultKey } from '../../ports/key-vault.ts'

const ALGORITHM = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const ID_BYTES = 8

/** A key for `node:crypto`, which is faster than WebCrypto. `bytes` has a length of 32 and is copied. */
export const nodeKey = (bytes: Uint8Array): VaultKey => {
  const key = createSecretKey(bytes)
  return {
    id: Uint8Array.from(createHash('sha256').update(bytes).digest().subarray(0, ID_BYTES)),
    seal: async (plain, context) => {
      const nonce = randomBytes(NONCE_BYTES)
      const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(context)
      return joined(nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag())
    },
    open: async (sealed, context) => {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null
      const nonce = sealed.subarray(0, NONCE_BYTES)
      const decipher = createDecipheriv(ALGORITHM, key, nonce)
      decipher.setAAD(context).setAuthTag(sealed.subarray(-TAG_BYTES))
      try {
        return joined(decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final())
      } catch {
        return null
      }
    },
  }
}

/** Uses memory of its own: small buffers share their memory, and all of it would be posted to a worker. */
const joined = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
