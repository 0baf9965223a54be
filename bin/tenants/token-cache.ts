/** The token file, which lies beside the store that it belongs to. */
export const tokenCacheOf = (store: string): string => `${store}.tokens.json`
