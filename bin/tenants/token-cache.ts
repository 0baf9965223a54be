import { realPath } from '../../src/adapters/files/real-path.ts'

/** The token file, next to its store, by whatever path that is reached. Throws as `realPath` does. */
export const tokenCacheOf = (store: string): string => `${realPath(store)}.tokens.json`
