import type { VaultKey } from '../../ports/key-vault.ts'

/** The length of an AES-256 key. */
export const KEY_BYTES = 32
const NONCE_BYTES = 12
const ID_BYTES = 8

/**
 * A key for WebCrypto, in any runtime. `bytes` is copied. Throws a `DOMException` if its length is not 16, 24 or 32.
 */
export const webCryptoKey = async (bytes: Uint8Array): Promise<VaultKey> => {
  const raw = Uint8Array.from(bytes)
  const hash = await crypto.subtle.digest('SHA-256', raw)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
  raw.fill(0)
  const withNonce = (iv: Uint8Array, context: Uint8Array) => ({
    name: 'AES-GCM',
    iv: iv as BufferSource,
    additionalData: context as BufferSource,
  })
  return {
    id: new Uint8Array(hash, 0, ID_BYTES),
    seal: async (plain, context) => {
      const iv = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
      const encrypted = await crypto.subtle.encrypt(withNonce(iv, context), key, plain as BufferSource)
      const sealed = new Uint8Array(NONCE_BYTES + encrypted.byteLength)
      sealed.set(iv)
      sealed.set(new Uint8Array(encrypted), NONCE_BYTES)
      return sealed
    },
    open: async (sealed, context) => {
      const algorithm = withNonce(sealed.subarray(0, NONCE_BYTES), context)
      try {
        const encrypted = sealed.subarray(NONCE_BYTES) as BufferSource
        return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, encrypted))
      } catch {
        return null
      }
    },
  }
}
