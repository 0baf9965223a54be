import type { Account } from '../../../domain/reports.ts'
import { isClaim } from '../authority/claims.ts'

/** What outlives a page or a process: no access token, which another one replaces after a reload. */
export interface KeptTokens {
  readonly refreshToken: string
  readonly account: Account
  /** When the person signed in, in ms since 1970. A renewal does not change it. */
  readonly signedInAt: number
}

/** Kept tokens, and the record that they were read from. Null if they could not be written. */
export interface LoadedTokens<R> {
  readonly tokens: KeptTokens
  readonly record: R | null
}

/** Keeps the tokens of one sign-in. */
export interface TokenKeeper<R = unknown> {
  /** Null if there are none, or if they cannot be read. */
  load(): Promise<LoadedTokens<R> | null>
  /** If they cannot be written, they are kept in memory, and no earlier ones stay. */
  save(tokens: KeptTokens): Promise<void>
  /**
   * Replaces tokens that were loaded. False if other ones are kept by now, or none: a sign-out or a new sign-in, also of
   * another tab or process, takes precedence over a renewal.
   */
  replace(loaded: LoadedTokens<R>, tokens: KeptTokens): Promise<boolean>
  holdsAnything(): Promise<boolean>
  /** False if the tokens could not be written, so that they end with this page or process. */
  isKept(): boolean
  /** Destroys the key and removes the record. Throws what the vault or the store throws, after it has tried both. */
  erase(): Promise<void>
}

/** The tokens in a text; null if it has none. */
export const tokensIn = (text: string): KeptTokens | null => {
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
