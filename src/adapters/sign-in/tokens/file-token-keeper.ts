import { type KeptTokens, type LoadedTokens, type TokenKeeper, tokensIn } from './kept-tokens.ts'
import type { TokenCache } from './token-cache.ts'

/** The tokens of one sign-in in a `TokenCache`, which keeps a file, encrypts it and shares it with other processes. */
export const fileTokenKeeper = (cache: TokenCache): TokenKeeper<string> => {
  const load = async (): Promise<LoadedTokens<string> | null> => {
    const record = await cache.read()
    const tokens = record === null ? null : tokensIn(record)
    return tokens === null ? null : { tokens, record }
  }
  return {
    load,
    save: (tokens) => cache.replace(JSON.stringify(tokens)),
    replace: async ({ record }: LoadedTokens<string>, tokens: KeptTokens) => {
      const text = JSON.stringify(tokens)
      if (text !== record) await cache.update(record, text)
      return (await cache.read()) === text
    },
    holdsAnything: () => cache.holdsAnything(),
    isKept: () => cache.isKept(),
    erase: () => cache.erase(),
  }
}
