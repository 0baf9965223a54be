import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { KeyStore } from '../../../../ports/key-store.ts'

/** Keeps a text unreadable for whoever has the file, but not the key store of the person. */
export interface TokenEncryption {
  /** Null where there is no key store. */
  encrypt(text: string): Promise<string | null>
  /** Null where it cannot be opened, for want of the key. */
  decrypt(sealed: string): Promise<string | null>
  /** Whether there is a key store. */
  isReady(): Promise<boolean>
  /** Deletes the key, so that nothing sealed with it can be opened any more. */
  destroyKey(): Promise<void>
}

/** `enc` as in RFC 7518, 5.3; iv, ciphertext and tag in one, base64url. */
interface Sealed {
  readonly enc: 'A256GCM'
  readonly sealed: string
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/**
 * Seals with a random key that the key store keeps under `name`: the key alone, because the tokens themselves
 * would be too long for one (Credential Manager takes 2,560 bytes).
 */
export const tokenEncryption = (keys: KeyStore, name: string): TokenEncryption => {
  let key: Uint8Array | null = null

  const storedKey = async (): Promise<Uint8Array | null> => {
    const found = await keys.get(name).catch(() => null)
    return (key = found?.length === KEY_BYTES ? found : null)
  }

  /** Asks each time whether there is a key store, for another process may have broken the seal. */
  const theKey = async (): Promise<Uint8Array> => {
    const found = await keys.get(name)
    if (found?.length === KEY_BYTES) return (key = found)
    const fresh = randomBytes(KEY_BYTES)
    await keys.set(name, fresh)
    return (key = fresh)
  }

  return {
    encrypt: async (text) => {
      // A key store that closed meanwhile is no reason to write openly what was sealed before.
      const secret = await theKey().catch(() => key)
      return secret === null ? null : JSON.stringify(sealed(text, secret))
    },
    decrypt: async (text) => {
      const bytes = sealedIn(text)
      if (bytes === null) return null
      return opened(bytes, key) ?? opened(bytes, await storedKey())
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

export const isEncrypted = (text: string): boolean => sealedIn(text) !== null

const sealed = (text: string, key: Uint8Array): Sealed => {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, iv)
  const bytes = [iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return { enc: 'A256GCM', sealed: Buffer.concat(bytes).toString('base64url') }
}

const opened = (bytes: Buffer, key: Uint8Array | null): string | null => {
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

const sealedIn = (text: string): Buffer | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { enc, sealed } = value as Partial<Record<keyof Sealed, unknown>>
    return enc === 'A256GCM' && typeof sealed === 'string' ? Buffer.from(sealed, 'base64url') : null
  } catch {
    return null
  }
}
