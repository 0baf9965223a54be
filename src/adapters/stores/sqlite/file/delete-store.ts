import { rm } from 'node:fs/promises'
import { ImportFailure } from '../../../../domain/failures.ts'
import { sources } from '../../../../domain/source.ts'
import { realPath } from '../../../files/real-path.ts'
import { lockFile, sqliteLocks } from '../run-locks.ts'
import { refuseSecondName } from './safe-files.ts'
import { sizeOf } from './schema.ts'
import { translatedLater } from './storage-failure.ts'
import { storeFiles, storeLockFiles } from './store-files.ts'
import { hasStoreSignature } from './store-signature.ts'

/**
 * Deletes a store from which nothing can be erased any more, because it is damaged or the disk is full: all its files,
 * with the contacts of all accounts in it. Resolves to their paths, or to null if another process is importing into
 * it.
 *
 * Throws `ImportFailure`: `storage-foreign` if the file cannot be recognised as a store, `storage-unavailable` if the
 * system refuses to delete the files, `storage-linked` if the contacts would stay under a second name. A file that is
 * not ours is never touched.
 */
export const deleteSqliteStore = (file: string): Promise<readonly string[] | null> =>
  translatedLater(async () => {
    const location = realPath(file)
    const lockFiles = await storeLockFiles(location)
    // A store that lost all its bytes has no signature, but its lock files show that it is ours.
    const isOurs = hasStoreSignature(location) || (sizeOf(location) === 0 && lockFiles.length > 0)
    if (!isOurs) throw new ImportFailure('storage-foreign')
    refuseSecondName(location)
    const locks = sqliteLocks(location)
    try {
      for (const source of sources) {
        const isThere = lockFiles.includes(lockFile(location, source))
        if (isThere && (await locks.acquire(source)) === null) return null
      }
      const files = await storeFiles(file)
      for (const path of files) await rm(path)
      await locks.close()
      for (const path of lockFiles) await rm(path)
      return [...files, ...lockFiles]
    } finally {
      await locks.close()
    }
  })
