import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { deleteEverything, ImportFailure } from '../../src/node.ts'
import { lockFile, sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { mayWrite } from '../store-file.ts'
import { tokenCachesOf } from '../tenants/token-cache.ts'
import { forgetSandbox, recallSandbox } from './memory.ts'

const NAME = 'import'
const locksOf = (store: string) => sqliteLocks(`${store}.start`)

/**
 * Deletes what an earlier import left in the default store of the sandbox, so that each import starts with an empty store.
 * Deletes nothing while another process imports there, and never contacts that do not come from the sandbox. Until the
 * returned function is called, no other process deletes what this one imports. Throws `ImportFailure` `storage-read-only` if the
 * folder cannot be written.
 */
export const startOver = async (store: string): Promise<() => Promise<void>> => {
  if (existsSync(store)) {
    if ((await recallSandbox(store)) === null) return () => Promise.resolve()
    // Otherwise the keys would be gone, and the contacts that could not be read would stay.
    if (!mayWrite(dirname(store))) throw new ImportFailure('storage-read-only')
  }
  const locks = locksOf(store)
  // The lock needs the folder. If it cannot be made, the import fails and says why.
  const lock = await mkdir(dirname(store), { recursive: true, mode: 0o700 })
    .then(() => locks.acquire(NAME))
    .catch(() => null)
  if (lock !== null && existsSync(store)) {
    const deletion = await deleteEverything(store, { tokenFile: tokenCachesOf(store) })
    if (deletion.ok && deletion.left.length === 0) await forgetSandbox(store)
  }
  return () => locks.close()
}

/** Deletes what `startOver` leaves beside the store. */
export const forgetStart = (store: string): Promise<void> =>
  rm(lockFile(`${store}.start`, NAME), { force: true })
