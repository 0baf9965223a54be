import { refuseUntrusted } from '../../files/owners.ts'
import type { TokenCache } from './token-cache.ts'

/**
 * The same cache, except that it uses no token file that another user may have put there: tokens from such a file
 * would import the contacts of another account. Reading and writing then throw `ImportFailure` `storage-untrusted`;
 * erasing does not.
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
