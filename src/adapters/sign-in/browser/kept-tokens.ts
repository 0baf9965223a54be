import { SerialQueue } from '../../../async/serial-queue.ts'
import type { Account } from '../../../domain/reports.ts'
import type { KeyVault, VaultKey } from '../../../ports/key-vault.ts'
import { isClaim } from '../claims.ts'
import type { TokenStore } from './token-store.ts'

/** What outlives a page: no access token, which another one replaces after a reload. */
export interface KeptTokens {
  readonly refreshToken: string
  readonly account: Account
  /** When the person signed in, in ms since 1970. A renewal does not change it. */
  readonly signedInAt: number
}

/** Kept tokens, and the record that they were read from. Null if they could not be written. */
export interface LoadedTokens {
  readonly tokens: KeptTokens
  readonly record: Uint8Array | null
}

/** The tokens of one sign-in, encrypted in a store with a key that a vault keeps. They are never written unencrypted. */
export interface TokenKeeper {
  /** Null if there are none, or if they cannot be read. */
  load(): Promise<LoadedTokens | null>
  /** If they cannot be written, the page keeps them in memory, and no earlier ones stay. */
  save(tokens: KeptTokens): Promise<void>
  /**
   * Replaces tokens that were loaded. False if other ones are kept by now, or none: a sign-out or a new sign-in, also of
   * another tab, takes precedence over a renewal.
   */
  replace(loaded: LoadedTokens, tokens: KeptTokens): Promise<boolean>
  holdsAnything(): Promise<boolean>
  /** False if the tokens could not be written, so that they end with this page. */
  isKept(): boolean
  /** Destroys the key and removes the record. Throws what the vault or the store throws, after it has tried both. */
  erase(): Promise<void>
}

export interface TokenKeeperOptions {
  readonly store: TokenStore
  readonly keys: KeyVault
  readonly keyName: string
}

/** Distinguishes the record from everything else that is encrypted. */
const CONTEXT = new TextEncoder().encode('device-contacts/tokens/1')

export const tokenKeeper = ({ store, keys, keyName }: TokenKeeperOptions): TokenKeeper => {
  /** Tokens that could not be written, and what the store has instead. */
  let unwritten: LoadedTokens | null = null
  let key: VaultKey | null = null
  // A sign-out that follows a sign-in must not finish before it.
  const queue = new SerialQueue()

  const encrypted = (tokens: KeptTokens, by: VaultKey): Promise<Uint8Array> =>
    by.seal(new TextEncoder().encode(JSON.stringify(tokens)), CONTEXT)

  const decrypted = async (record: Uint8Array): Promise<KeptTokens | null> => {
    const open = async (by: VaultKey | null) => (await by?.open(record, CONTEXT)) ?? null
    const bytes = (await open(key)) ?? (await open((key = await keys.load(keyName).catch(() => null))))
    return bytes === null ? null : tokensIn(new TextDecoder().decode(bytes))
  }

  const load = async (): Promise<LoadedTokens | null> => {
    const record = await store.load().catch(() => null)
    if (unwritten !== null) return unwritten
    const tokens = record === null ? null : await decrypted(record)
    return tokens === null ? null : { tokens, record }
  }

  const save = async (tokens: KeptTokens): Promise<void> => {
    try {
      // Asks the vault each time, because another tab may have destroyed the key.
      key = await keys.obtain(keyName)
      await store.save(await encrypted(tokens, key))
      unwritten = null
    } catch {
      unwritten = { tokens, record: null }
      // The next page must not find the tokens of an earlier sign-in.
      await store.remove().catch(() => undefined)
    }
  }

  const replace = async (loaded: LoadedTokens, tokens: KeptTokens): Promise<boolean> => {
    if (loaded.record === null) {
      if (unwritten !== loaded) return false
      unwritten = { tokens, record: null }
      return true
    }
    try {
      // Not made again: without it, the person has signed out in another tab.
      key = await keys.load(keyName)
      if (key === null) return false
      return await store.replace(loaded.record, await encrypted(tokens, key))
    } catch {
      // The record keeps its token, which the authority may still accept.
      unwritten = { tokens, record: null }
      return true
    }
  }

  const erase = async (): Promise<void> => {
    unwritten = null
    key = null
    const results = await Promise.allSettled([keys.destroy(keyName), store.remove()])
    for (const result of results) if (result.status === 'rejected') throw result.reason as Error
  }

  return {
    load,
    save: (tokens) => queue.run(() => save(tokens)),
    replace: (loaded, tokens) => queue.run(() => replace(loaded, tokens)),
    holdsAnything: () => queue.run(async () => unwritten !== null || (await store.load()) !== null),
    isKept: () => unwritten === null,
    erase: () => queue.run(erase),
  }
}

const tokensIn = (text: string): KeptTokens | null => {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null) return null
    const { refreshToken, account, signedInAt } = value as Partial<Record<keyof KeptTokens, unknown>>
    const isAccount = typeof account === 'object' && account !== null && isClaim(Reflect.get(account, 'id'))
    const isWhole = typeof refreshToken === 'string' && typeof signedInAt === 'number' && isAccount
    return isWhole ? (value as KeptTokens) : null
  } catch {
    return null
  }
}
