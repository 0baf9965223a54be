import { resolve } from 'node:path'
import { refuseUntrusted } from '../adapters/files/owners.ts'
import { realPath } from '../adapters/files/real-path.ts'
import { tokenKeyOf } from '../adapters/keys/vault-of-file.ts'
import { tokenCache } from '../adapters/sign-in/tokens/token-cache.ts'
import { hasSecondName } from '../adapters/stores/sqlite/file/safe-files.ts'
import { sizeOf } from '../adapters/stores/sqlite/file/schema.ts'
import { storeFiles, storeLockFiles } from '../adapters/stores/sqlite/file/store-files.ts'
import { hasStoreSignature } from '../adapters/stores/sqlite/file/store-signature.ts'
import { sqliteLocks } from '../adapters/stores/sqlite/run-locks.ts'
import { isImportFailure } from '../domain/failures.ts'
import type { FailureCode } from '../domain/failures.ts'
import { sources } from '../domain/source.ts'
import type { Source } from '../domain/source.ts'
import type { RunLocks } from '../ports/run-lock.ts'
import { eraseKeys, keyFolder } from './erase-keys.ts'
import { type LeftFile, type Removal, removeFiles, together } from './remove-files.ts'
import { signOutOfAll } from './sign-out-of-all.ts'
import { presentTokenFiles, type StoreBelongings, tokenFilesOf, tokenLockFile } from './token-files.ts'

/** What `deleteEverything` did, or the source from which another process is importing: then nothing was changed. */
export type Deletion =
  | {
      readonly ok: true
      /** The accounts that were signed out before their store was deleted. */
      readonly signedOut: readonly Source[]
      /** Why the sign-out failed, so that the files were deleted without it; null if it succeeded. */
      readonly because: FailureCode | null
      /** Full paths of the deleted files and folders. Empty if there were none. */
      readonly deleted: readonly string[]
      /** The files that could not be deleted, and why. */
      readonly left: readonly LeftFile[]
    }
  | { readonly ok: false; readonly refusal: 'running-elsewhere'; readonly source: Source }

/**
 * Signs out of every account in a store, then destroys its keys and tokens and deletes all its files, even if the store is
 * damaged, full, or of a later version. Close the book first. May be repeated.
 *
 * Does not touch a file at this path that is not a store, but lists it in `left` with the code `storage-foreign`; deletes
 * the keys and tokens beside it all the same. Does not throw.
 *
 * @param store path of the store, as given to `sqliteStorage`
 */
export const deleteEverything = async (
  store: string,
  belongings: StoreBelongings = {},
): Promise<Deletion> => {
  const given = resolve(store)
  const refused = refusalOf(given)
  if (refused !== null) {
    const left = [{ path: given, code: refused }]
    return { ok: true, signedOut: [], because: null, deleted: [], left }
  }
  const real = realPath(given)
  const what = await recognise(real)
  const lockFiles = new Set([...(await storeLockFiles(real)), ...(await storeLockFiles(given))])
  const locks = sqliteLocks(real)
  try {
    const runner = what === 'store' ? await takeAll(locks) : null
    if (runner !== null) return { ok: false, refusal: 'running-elsewhere', source: runner }
    const { signedOut, because } = await signedOutOf(what === 'store' && sizeOf(real) > 0 ? real : null)
    const steps = [
      await eraseKeys(keyFolder(real)),
      ...(await Promise.all(tokenFilesOf(belongings).map(eraseTokens))),
    ]
    if (what === 'store' && hasSecondName(real))
      // The keys and tokens may be beside the other name, and the contacts can still be read through that name.
      steps.push({ deleted: [], left: [{ path: given, code: 'storage-linked' }] })
    else if (what === 'store')
      steps.push(await removeStore(given, real, { locks, lockFiles, before: together(steps) }))
    if (what === 'foreign') steps.push({ deleted: [], left: [{ path: given, code: 'storage-foreign' }] })
    return { ok: true, signedOut, because, ...together(steps) }
  } finally {
    await locks.close()
  }
}

/** Why the path must not be used, for example because another user may have put the file there; null if it may be used. */
const refusalOf = (store: string): FailureCode | null => {
  try {
    refuseUntrusted([realPath(store)])
    return null
  } catch (error) {
    if (isImportFailure(error)) return error.code
    throw error
  }
}

interface StoreRemoval {
  readonly locks: RunLocks
  readonly lockFiles: ReadonlySet<string>
  /** The removal of the keys and the tokens. */
  readonly before: Removal
}

/** Deletes the database and the lock files last, and only if nothing else is left: they identify the other files as ours. */
const removeStore = async (
  given: string,
  real: string,
  { locks, lockFiles, before }: StoreRemoval,
): Promise<Removal> => {
  const files = await storeFiles(given)
  // Taking the locks created some lock files, which are not reported.
  const made = (await storeLockFiles(real)).filter((path) => !lockFiles.has(path))
  const isDatabase = (path: string) => path === real || path === given
  const steps: Removal[] = []
  for (const paths of [files.filter((path) => !isDatabase(path)), files.filter(isDatabase), [...lockFiles]]) {
    const [stuck] = together([before, ...steps]).left
    // The locks are released this late so that no import can begin before.
    if (paths.some((path) => lockFiles.has(path))) await locks.close()
    steps.push(
      stuck
        ? { deleted: [], left: paths.map((path) => ({ path, code: stuck.code })) }
        : await removeFiles(paths),
    )
  }
  await locks.close()
  await removeFiles(made)
  return together(steps)
}

/** `store` also for the remains of an interrupted deletion: lock files of runs exist only beside a store. */
const recognise = async (real: string): Promise<'store' | 'foreign' | 'nothing'> => {
  if (hasStoreSignature(real)) return 'store'
  const files = await storeFiles(real)
  if (sizeOf(real) === 0 && (await storeLockFiles(real)).length > 0) return 'store'
  return files.includes(real) || sizeOf(real) > 0 ? 'foreign' : 'nothing'
}

/** Takes all run locks. Resolves to the first source that another process is importing from; null if there is none. */
const takeAll = async (locks: RunLocks): Promise<Source | null> => {
  for (const source of sources) {
    try {
      if ((await locks.acquire(source)) === null) return source
    } catch (error) {
      // If no lock file can be created (read-only folder), no import can begin either.
      if (!isImportFailure(error)) throw error
    }
  }
  return null
}

const signedOutOf = async (
  store: string | null,
): Promise<{ readonly signedOut: readonly Source[]; readonly because: FailureCode | null }> => {
  try {
    return { signedOut: store === null ? [] : await signOutOfAll(store), because: null }
  } catch (error) {
    if (!isImportFailure(error)) throw error
    return { signedOut: [], because: error.code }
  }
}

const eraseTokens = async (tokenFile: string): Promise<Removal> => {
  const real = realPath(tokenFile)
  const files = await presentTokenFiles(real)
  const { keys, keyName } = tokenKeyOf(real)
  const locks = sqliteLocks(real)
  // A file that cannot be deleted must not keep the others.
  await tokenCache(real, keys, keyName, { locks })
    .erase()
    .catch(() => undefined)
  await locks.close()
  const steps = [await removeFiles(files), await eraseKeys(keyFolder(real))]
  // Taking the lock may have created its file, which is not reported.
  await removeFiles([tokenLockFile(real)])
  return together(steps)
}
