import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyStore } from '../../../../ports/key-store.ts'

/** Encrypts text so that the file is useless without the user's key store. */
export interface TokenEncryption {
  /** Null if there is no key store. */
  encrypt(text: string): Promise<string | null>
  /** Null if the key is missing or another one. */
  decrypt(encrypted: string): Promise<string | null>
  /** Whether there is a key store. */
  isReady(): Promise<boolean>
  /** Deletes the key, so that nothing encrypted with it can be decrypted again. */
  destroyKey(): Promise<void>
}

/** `enc` as in RFC 7518, 5.3; iv, ciphertext and tag concatenated, base64url. */
interface Encrypted {
  readonly enc: 'A256GCM'
  /** A stored name: changing it would sign users out. */
  readonly sealed: string
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Encrypts with a random key, which the key store keeps under `name`. The tokens themselves would be too long for it
 * (Credential Manager allows 2,560 bytes).
 */
export const tokenEncryption = (keys: KeyStore, name: string): TokenEncryption => {
  let key: Uint8Array | null = null

  const storedKey = async (): Promise<Uint8Array | null> => {
    const found = await keys.get(name).catch(() => null)
    return (key = found?.length === KEY_BYTES ? found : null)
  }

  /** Asks the key store each time, because another process may have destroyed the key. */
  const theKey = async (): Promise<Uint8Array> => {
    const found = await keys.get(name)
    if (found?.length === KEY_BYTES) return (key = found)
    const fresh = randomBytes(KEY_BYTES)
    await keys.set(name, fresh)
    return (key = fresh)
  }

  return {
    encrypt: async (text) => {
      // If the key store was locked meanwhile, the key in memory still encrypts; plain text would be worse.
      const secret = await theKey().catch(() => key)
      return secret === null ? null : JSON.stringify(encrypted(text, secret))
    },
    decrypt: async (text) => {
      const bytes = ciphertextIn(text)
      if (bytes === null) return null
      return decrypted(bytes, key) ?? decrypted(bytes, await storedKey())
    },
    isReady: () =>
      keys.get(name).then(
        () => true,
        () => false,
      ),
    destroyKey: async () => {
      key = null
      await keys.delete(name)
    },
  }
}

export const isEncrypted = (text: string): boolean => ciphertextIn(text) !== null

const encrypted = (text: string, key: Uint8Array): Encrypted => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv)
  const bytes = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return { enc: 'A256GCM', sealed: Buffer.concat(bytes).toString('base64url') }
}

const decrypted = (bytes: Buffer, key: Uint8Array | null): string | null => {
  if (key === null) return null
  try {
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, IV_BYTES), {
      authTagLength: TAG_BYTES,
    })
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
    const text = [decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]
    return Buffer.concat(text).toString('utf8')
  } catch {
    return null
  }
}

const ciphertextIn = (text: string): Buffer | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { enc, sealed } = value as Partial<Record<keyof Encrypted, unknown>>
    return enc === 'A256GCM' && typeof sealed === 'string' ? Buffer.from(sealed, 'base64url') : null
  } catch {
    return null
  }
}
