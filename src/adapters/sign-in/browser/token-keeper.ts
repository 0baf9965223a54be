import { SerialQueue } from '../../../async/serial-queue.ts'
import type { KeyVault, VaultKey } from '../../../ports/key-vault.ts'
import { type KeptTokens, type LoadedTokens, type TokenKeeper, tokensIn } from '../tokens/kept-tokens.ts'
import type { TokenStore } from './token-store.ts'

export interface TokenKeeperOptions {
  readonly store: TokenStore
  readonly keys: KeyVault
  readonly keyName: string
}

/** Distinguishes the record from everything else that is encrypted. */
const CONTEXT = new TextEncoder().encode('device-contacts/tokens/1')

/** The tokens of one sign-in, encrypted in a store of the browser with a key that a vault keeps. */
export const tokenKeeper = ({ store, keys, keyName }: TokenKeeperOptions): TokenKeeper<Uint8Array> => {
  /** Tokens that could not be written, and what the store has instead. */
  let unwritten: LoadedTokens<Uint8Array> | null = null
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

  const load = async (): Promise<LoadedTokens<Uint8Array> | null> => {
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

  const replace = async (loaded: LoadedTokens<Uint8Array>, tokens: KeptTokens): Promise<boolean> => {
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
