import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { deleteEverything } from '../../src/node.ts'
import { lockFile, sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { tokenCacheOf } from '../tenants/token-cache.ts'
import { forgetSandbox, recallSandbox } from './memory.ts'

const NAME = 'import'
const locksOf = (store: string) => sqliteLocks(`${store}.start`)

/**
 * Deletes what an earlier import left in the default store of the sandbox, so that each import begins as the first did.
 * Not while another process imports there, and never contacts that are not from the sandbox. Until the returned function
 * is called, no other process deletes what this one imports.
 */
export const startOver = async (store: string): Promise<() => Promise<void>> => {
  if (existsSync(store) && (await recallSandbox(store)) === null) return () => Promise.resolve()
  const locks = locksOf(store)
  // The folder may not exist yet, and then there is nothing to delete.
  const lock = existsSync(store) ? await locks.acquire(NAME) : null
  if (lock !== null) {
    const deletion = await deleteEverything(store, { tokenFile: tokenCacheOf(store) })
    if (deletion.ok) await forgetSandbox(store)
  }
  return () => locks.close()
}

/** Deletes what `startOver` leaves beside the store. */
export const forgetStart = (store: string): Promise<void> =>
  rm(lockFile(`${store}.start`, NAME), { force: true })
