/** Tokens are kept beside the contacts that they are for. */
export const tokenCacheOf = (store: string): string => `${store}.tokens.json`
