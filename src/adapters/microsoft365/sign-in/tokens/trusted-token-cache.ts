import { refuseUntrusted } from '../../../files/owners.ts'
import type { TokenCache } from './token-cache.ts'

/**
 * The same cache, which uses no token file that another user may have put there: with its tokens, the contacts of
 * another account would be imported. Reading and writing then throw `ImportFailure` `storage-untrusted`; erasing does
 * not.
 */
export const trustedTokenCache = (cache: TokenCache, path: string | null): TokenCache => {
  const check = async (): Promise<void> => refuseUntrusted(path === null ? [] : [path])
  return {
    ...cache,
    read: () => check().then(() => cache.read()),
    replace: (text) => check().then(() => cache.replace(text)),
    update: (expected, text) => check().then(() => cache.update(expected, text)),
  }
}
