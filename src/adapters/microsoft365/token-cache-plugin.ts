import type { ICachePlugin, TokenCacheContext } from '@azure/msal-node'
import type { TokenCache } from './token-cache-file.ts'

/** Joins MSAL to a token cache, which is read anew at every access: another process may have signed out. */
export const tokenCachePlugin = (cache: TokenCache): ICachePlugin => {
  const seen = new WeakMap<TokenCacheContext, string | null>()
  return {
    beforeCacheAccess: async (context) => {
      const text = await cache.read()
      seen.set(context, text)
      try {
        context.tokenCache.deserialize(text ?? nobody)
      } catch {
        context.tokenCache.deserialize(nobody)
      }
    },
    afterCacheAccess: async (context) => {
      if (context.cacheHasChanged)
        await cache.update(seen.get(context) ?? null, context.tokenCache.serialize())
    },
  }
}

/** An empty text would leave MSAL with what it has in memory. */
const nobody = '{}'
