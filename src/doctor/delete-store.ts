import { realPath } from '../adapters/files/real-path.ts'
import { tokenKeyOf } from '../adapters/keys/vault-of-file.ts'
import { tokenCache } from '../adapters/sign-in/tokens/token-cache.ts'
import { deleteSqliteStore } from '../adapters/stores/sqlite/file/delete-store.ts'
import { sqliteLocks } from '../adapters/stores/sqlite/run-locks.ts'
import { ImportFailure } from '../domain/failures.ts'
import { eraseKeys, keyFolder } from './erase-keys.ts'
import { removeFiles } from './remove-files.ts'
import { type StoreBelongings, tokenFilesOf, tokenLockFile } from './token-files.ts'

/**
 * Signs out of a store that can no longer be opened because it is damaged or the disk is full: deletes all its
 * files, with the contacts of every account in it, and the tokens. `ContactBook.signOut` is the normal way.
 *
 * Resolves to the full paths of the deleted store files, or to null without deleting anything if another
 * process is importing into the store. Throws `ImportFailure`: `storage-foreign` if the file cannot be
 * recognised as a store, `storage-unavailable` or `storage-read-only` if the system does not delete a file.
 *
 * @param store path of the store, as given to `sqliteStorage`
 */
export const deleteStore = async (
  store: string,
  belongings: StoreBelongings = {},
): Promise<readonly string[] | null> => {
  const real = realPath(store)
  const files = await deleteSqliteStore(store)
  if (files === null) return null
  const { left } = await eraseKeys(keyFolder(real))
  if (left[0]) throw new ImportFailure(left[0].code)
  for (const tokenFile of tokenFilesOf(belongings)) await eraseTokens(tokenFile)
  return files
}

const eraseTokens = async (tokenFile: string): Promise<void> => {
  const { keys, keyName } = tokenKeyOf(tokenFile)
  await tokenCache(tokenFile, keys, keyName, { locks: sqliteLocks(tokenFile) })
    .erase()
    .catch((error: unknown) => {
      throw new ImportFailure('storage-read-only', {}, error)
    })
  await removeFiles([tokenLockFile(tokenFile)])
}
