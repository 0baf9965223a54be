import { tokenCache } from '../adapters/microsoft365/sign-in/tokens/token-cache.ts'
import { deleteSqliteStore } from '../adapters/stores/sqlite/file/delete-store.ts'
import { systemKeyStore } from '../adapters/system/system-key-store.ts'
import { ImportFailure } from '../domain/failures.ts'
import type { StoreBelongings } from './examine-store.ts'

/**
 * Signs out of a store that cannot be opened any more because it is damaged or the disk is full: deletes all
 * its files, with the contacts of every account in it, and the tokens. `ContactBook.signOut` is the normal way.
 *
 * Resolves to the full paths of the deleted store files, or to null without deleting anything if another
 * process is importing into the store. Throws `ImportFailure`: `storage-foreign` if the file cannot be
 * recognised as a store, `storage-unavailable` or `storage-read-only` if the system does not let files go.
 *
 * @param store path of the store, as given to `sqliteStorage`
 */
export const deleteStore = async (
  store: string,
  { tokenFile }: StoreBelongings = {},
): Promise<readonly string[] | null> => {
  const files = await deleteSqliteStore(store)
  if (files === null || tokenFile === undefined) return files
  await tokenCache(tokenFile, systemKeyStore)
    .erase()
    .catch((error: unknown) => {
      throw new ImportFailure('storage-read-only', {}, error)
    })
  return files
}
