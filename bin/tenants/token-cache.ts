/** The token file, next to its store. */
export const tokenCacheOf = (store: string): string => `${store}.tokens.json`
