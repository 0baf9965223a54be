import { realPath } from '../../src/adapters/files/real-path.ts'

/** The token file next to its store: the same file for every path to the store. Throws what `realPath` throws. */
export const tokenCacheOf = (store: string): string => `${realPath(store)}.tokens.json`

/** The same for Google. */
export const googleTokenCacheOf = (store: string): string => `${realPath(store)}.google-tokens.json`

/** All token files of a store. */
export const tokenCachesOf = (store: string): readonly string[] => [
  tokenCacheOf(store),
  googleTokenCacheOf(store),
]
