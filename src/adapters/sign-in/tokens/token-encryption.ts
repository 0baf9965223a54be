import type { KeyVault, VaultKey } from '../../../ports/key-vault.ts'

/** Encrypts text so that the file is useless without the key in the user's vault. */
export interface TokenEncryption {
  /** Null if the vault is unavailable. */
  encrypt(text: string): Promise<string | null>
  /** Null if the key is missing or another one. */
  decrypt(encrypted: string): Promise<string | null>
  /** Makes the key if there is none. False if the vault is unavailable. */
  makeKey(): Promise<boolean>
  /** Whether the key was made or used here. */
  hasKey(): boolean
  /** Destroys the key, so that nothing encrypted with it can be decrypted again. Throws `KeyVaultUnavailable`. */
  destroyKey(): Promise<void>
}

/** `enc` as in RFC 7518, 5.3; iv, ciphertext and tag concatenated, base64url. */
interface Encrypted {
  readonly enc: 'A256GCM'
  /** A stored name: changing it would sign users out. */
  readonly sealed: string
}

/** Nothing but the tokens is authenticated. Changing that would sign users out. */
const NO_CONTEXT = new Uint8Array()

/**
 * Encrypts with the key that the vault keeps under `name`. The tokens themselves would be too long for a key ring
 * (Credential Manager allows 2,560 bytes).
 */
export const tokenEncryption = (keys: KeyVault, name: string): TokenEncryption => {
  let key: VaultKey | null = null

  const loaded = async (): Promise<VaultKey | null> => {
    const found = await keys.load(name).catch(() => null)
    return (key = found)
  }

  /** Asks the vault each time, because another process may have destroyed the key. */
  const obtained = async (): Promise<VaultKey> => (key = await keys.obtain(name))

  return {
    encrypt: async (text) => {
      // If the vault was locked meanwhile, the key in memory still encrypts; plain text would be worse.
      const current = await obtained().catch(() => key)
      return current === null ? null : JSON.stringify(await encrypted(text, current))
    },
    decrypt: async (text) => {
      const bytes = ciphertextIn(text)
      if (bytes === null) return null
      return (await decrypted(bytes, key)) ?? (await decrypted(bytes, await loaded()))
    },
    makeKey: () =>
      obtained().then(
        () => true,
        () => false,
      ),
    hasKey: () => key !== null,
    destroyKey: async () => {
      key = null
      await keys.destroy(name)
    },
  }
}

/** Replaces encrypted tokens whose key could not be destroyed, so that it is tried again. */
export const NO_TOKENS = JSON.stringify({ enc: 'A256GCM', sealed: '' } satisfies Encrypted)

export const isEncrypted = (text: string): boolean => ciphertextIn(text) !== null

const encrypted = async (text: string, key: VaultKey): Promise<Encrypted> => {
  const bytes = await key.seal(new TextEncoder().encode(text), NO_CONTEXT)
  return { enc: 'A256GCM', sealed: Buffer.from(bytes).toString('base64url') }
}

const decrypted = async (bytes: Uint8Array, key: VaultKey | null): Promise<string | null> => {
  const opened = await key?.open(bytes, NO_CONTEXT)
  return opened == null ? null : new TextDecoder().decode(opened)
}

const ciphertextIn = (text: string): Uint8Array | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { enc, sealed } = value as Partial<Record<keyof Encrypted, unknown>>
    return enc === 'A256GCM' && typeof sealed === 'string' ? Buffer.from(sealed, 'base64url') : null
  } catch {
    return null
  }
}
