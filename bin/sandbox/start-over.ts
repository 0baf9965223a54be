import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { messages } from '../../src/messages.ts'
import { deleteEverything, ImportFailure } from '../../src/node.ts'
import type { Source } from '../../src/node.ts'
import type { Output } from '../../src/shells/terminal/output/output.ts'
import { lockFile, sqliteLocks } from '../../src/adapters/stores/sqlite/run-locks.ts'
import { mayWrite } from '../store-file.ts'
import { tokenCachesOf } from '../tenants/token-cache.ts'
import { forgetSandbox, recallSandbox } from './memory.ts'

const NAME = 'import'
const locksOf = (store: string) => sqliteLocks(`${store}.start`)

/** What an import that starts with an empty store knows of the one before. */
export interface StartedOver {
  /** The sources whose contacts it replaces. */
  readonly replaced: readonly Source[]
  /** From then on, another process may delete what this one imports. */
  readonly end: () => Promise<void>
}

/**
 * Deletes what an earlier import left in the default store of the sandbox, so that each import starts with an empty store.
 * Deletes nothing while another process imports there, and never contacts that do not come from the sandbox. Throws
 * `ImportFailure` `storage-read-only` if the folder cannot be written.
 */
export const startOver = async (store: string): Promise<StartedOver> => {
  if (existsSync(store)) {
    if ((await recallSandbox(store)) === null) return { replaced: [], end: () => Promise.resolve() }
    // Otherwise the keys would be gone, and the contacts that could not be read would stay.
    if (!mayWrite(dirname(store))) throw new ImportFailure('storage-read-only')
  }
  const locks = locksOf(store)
  // The lock needs the folder. If it cannot be made, the import fails and says why.
  const lock = await mkdir(dirname(store), { recursive: true, mode: 0o700 })
    .then(() => locks.acquire(NAME))
    .catch(() => null)
  let replaced: readonly Source[] = []
  if (lock !== null && existsSync(store)) {
    const deletion = await deleteEverything(store, { tokenFile: tokenCachesOf(store) })
    if (deletion.ok) replaced = deletion.signedOut
    if (deletion.ok && deletion.left.length === 0) await forgetSandbox(store)
  }
  return { replaced, end: () => locks.close() }
}

/** Says what an import replaces that it does not bring again. */
export const sayReplaced = (output: Output, replaced: readonly Source[]): void => {
  const { sources } = messages('en')
  const others = replaced.filter((source) => source !== 'microsoft365').map((source) => sources[source])
  if (others.length === 0) return
  output.note(
    `This import also replaces what came from ${others.join(' and ')}, and your answers about who is the same person. To keep them next time, use --store FILE.`,
    'warn',
  )
}

/** Deletes what `startOver` leaves beside the store. */
export const forgetStart = (store: string): Promise<void> =>
  rm(lockFile(`${store}.start`, NAME), { force: true })
