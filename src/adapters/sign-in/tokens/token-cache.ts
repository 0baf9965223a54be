import { SerialQueue } from '../../../async/serial-queue.ts'
import type { KeyVault } from '../../../ports/key-vault.ts'
import { isEncrypted, NO_TOKENS, tokenEncryption } from './token-encryption.ts'
import { tokenFile } from './token-file.ts'
import type { TokenFileOptions } from './token-file.ts'
import { tokenLock } from './token-lock.ts'
import type { TokenLockOptions } from './token-lock.ts'

/** Keeps MSAL's serialised token cache (JSON text) where only this user can read it. */
export interface TokenCache {
  /** Null if no account is signed in or the file cannot be read. */
  read(): Promise<string | null>
  /** Replaces everything. If the file cannot be written, this process keeps the tokens in memory. */
  replace(text: string): Promise<void>
  /**
   * Replaces `expected`, the content that was read. Does nothing if the content has changed: a sign-out or a new
   * sign-in, also of another process, takes precedence over a renewal. If the file cannot be written, it keeps its
   * tokens, which the service may still accept, and this process keeps the new ones in memory.
   */
  update(expected: string | null, text: string): Promise<void>
  /** Whether there is anything to erase, readable or not. Throws the file system's error if that cannot be checked. */
  holdsAnything(): Promise<boolean>
  /**
   * Removes every trace. Throws the file system's error if that fails. Throws `KeyVaultUnavailable` if only the key
   * stays: then the file stays too, without tokens, so that the next erasure destroys the key.
   *
   * @param isWanted asked when no other process can write any more; false keeps everything
   */
  erase(isWanted?: () => Promise<boolean>): Promise<void>
  /** False if the tokens could not be written, so that they end with this process. */
  isKept(): boolean
  /** The file in which tokens would be unencrypted because the key vault is unavailable; null if there is none. */
  unencryptedFile(): Promise<string | null>
}

export interface TokenCacheOptions extends TokenFileOptions, TokenLockOptions {}

/** Tokens that could not be written. They count until the file is seen to have other content than `over`. */
interface Unwritten {
  readonly text: string
  readonly over: string | null
}

/**
 * A token cache in `path`, created with mode 0600 and replaced atomically, so that no reader sees half of it; in memory
 * only if `path` is null. With a key vault, the file is encrypted with a key that is kept there; an unencrypted file
 * can be read, and is encrypted at the next write. A damaged file counts as signed out and is overwritten by the next
 * sign-in: a copy of it would let tokens outlive a sign-out.
 */
export const tokenCache = (
  path: string | null,
  keys: KeyVault | null = null,
  keyName = 'tokens',
  options: TokenCacheOptions = {},
): TokenCache => (path === null ? memoryTokenCache() : tokenCacheInFile(path, keys, keyName, options))

const memoryTokenCache = (): TokenCache => {
  let memory: string | null = null
  return {
    read: async () => memory,
    replace: async (text) => void (memory = text),
    update: async (expected, text) => {
      if (expected !== null && expected === memory) memory = text
    },
    holdsAnything: async () => memory !== null,
    erase: async (isWanted) => {
      if (!isWanted || (await isWanted())) memory = null
    },
    isKept: () => true,
    unencryptedFile: async () => null,
  }
}

const tokenCacheInFile = (
  path: string,
  keys: KeyVault | null,
  keyName: string,
  options: TokenCacheOptions,
): TokenCache => {
  let unwritten: Unwritten | null = null
  const encryption = keys === null ? null : tokenEncryption(keys, keyName)
  const queue = new SerialQueue()
  const withLock = tokenLock(options)
  const file = tokenFile(path, options)

  const read = async (): Promise<string | null> => {
    const written = await file.read()
    if (unwritten !== null && (written === null || written === unwritten.over)) return unwritten.text
    // Another process has signed out, or in.
    unwritten = null
    if (written === null) return null
    const text = isEncrypted(written) ? await encryption?.decrypt(written) : written
    return text && isJsonObject(text) ? text : null
  }

  const write = async (text: string, isAlone: boolean): Promise<void> => {
    await file.makeFolder()
    // No other process is writing, so these files belong to killed processes.
    if (isAlone) await file.removeLeftovers().catch(() => undefined)
    await file.write((await encryption?.encrypt(text)) ?? text)
    unwritten = null
  }

  const keepInMemory = async (text: string): Promise<void> => {
    unwritten = { text, over: await file.read() }
  }

  const replace = (text: string): Promise<void> =>
    withLock(async (isAlone) => {
      try {
        await write(text, isAlone)
      } catch {
        // The next process must not find the tokens of an earlier sign-in.
        await file.remove().catch(() => undefined)
        await keepInMemory(text)
      }
    })

  const update = (expected: string, text: string): Promise<void> =>
    withLock(async (isAlone) => {
      if ((await read()) !== expected) return
      await write(text, isAlone).catch(() => keepInMemory(text))
    })

  /**
   * Resolves to the error if the key of tokens could not be destroyed, otherwise to null. A key without tokens
   * protects nothing.
   */
  const destroyKeyOf = async (written: string | null): Promise<{ readonly error: unknown } | null> => {
    const isEmpty = written === ''
    const isPlain = written !== null && !isEmpty && !isEncrypted(written)
    const isUsed = !isEmpty || encryption?.hasKey() === true
    // If the tokens are unencrypted, earlier sign-ins made no key, so the vault is not asked. If there are no tokens,
    // a process may have made their key before it was killed.
    if (encryption === null || (isPlain && !encryption.hasKey())) return null
    return encryption.destroyKey().then(
      () => null,
      (error: unknown) => (isUsed ? { error } : null),
    )
  }

  const eraseNow = async (): Promise<void> => {
    unwritten = null
    const written = await file.read()
    const locked = await destroyKeyOf(written)
    await file.remove()
    if (!locked) return
    await file.write(NO_TOKENS).catch(() => undefined)
    throw locked.error
  }

  const erase = async (isWanted: () => Promise<boolean>): Promise<void> => {
    const eraseIfWanted = async () => {
      if (await isWanted()) await eraseNow()
    }
    // Acquiring the lock would make the folder.
    await ((await file.hasFolder()) ? withLock(eraseIfWanted) : eraseIfWanted())
  }

  return {
    read,
    replace: (text) => queue.run(() => replace(text)),
    update: async (expected, text) => {
      if (expected !== null) await queue.run(() => update(expected, text))
    },
    holdsAnything: () => queue.run(async () => unwritten !== null || (await file.exists())),
    erase: (isWanted = async () => true) => queue.run(() => erase(isWanted)),
    isKept: () => unwritten === null,
    // Queued, so that the key of a sign-in is not made after a sign-out that followed it.
    unencryptedFile: () =>
      queue.run(async () => (encryption === null || (await encryption.makeKey()) ? null : path)),
  }
}

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
