import { deleteSqliteStore } from '../src/adapters/stores/sqlite/file/delete-store.ts'
import { offlineTenant } from './tenants/offline.ts'

/**
 * Removes tokens and store where the store itself can no longer be told to. Resolves to the files that are
 * gone, or to null where another process runs an import on them. Throws as `deleteSqliteStore` does.
 */
export const deleteStore = async (store: string): Promise<readonly string[] | null> => {
  const files = await deleteSqliteStore(store)
  if (files === null) return null
  await offlineTenant(store).source.signIn.signOut()
  return files
}
