import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { realPath } from '../src/adapters/files/real-path.ts'
import { ownershipOf } from '../src/adapters/files/owners.ts'
import { type Deletion, deleteEverything } from '../src/node.ts'
import type { Options } from '../src/shells/terminal/arguments/options.ts'
import { forgetSandbox } from './sandbox/memory.ts'
import { forgetStart } from './sandbox/start-over.ts'
import { defaultStore, sandboxStore } from './store-file.ts'
import { tokenCacheOf } from './tenants/token-cache.ts'

/** Deletes the store; if the command line names none, also all others that this program uses without being told a name. */
export const deleteStores = async (
  store: string,
  { store: named }: Pick<Options, 'store'>,
): Promise<Deletion> => {
  const others = named === undefined ? [defaultStore(), sandboxStore(), ...formerStores()] : []
  let all = await deleteOne(store)
  for (const other of new Set(others.filter((each) => each !== store && existsSync(dirname(each))))) {
    if (!all.ok) return all
    all = together(all, other, await deleteOne(other))
  }
  return all
}

const deleteOne = async (store: string): Promise<Deletion> => {
  const real = realPath(store)
  const deletion = await deleteEverything(store, { tokenFile: tokenCacheOf(real) })
  if (!deletion.ok) return deletion
  // They contain no contact, so they do no harm if they stay.
  await forgetSandbox(real).catch(() => undefined)
  await forgetStart(real).catch(() => undefined)
  if (FORMER.test(dirname(store).slice(tmpdir().length + 1)))
    await rmdir(dirname(store)).catch(() => undefined)
  return deletion
}

type Done = Extract<Deletion, { readonly ok: true }>

const together = (one: Done, store: string, other: Deletion): Done =>
  other.ok
    ? {
        ok: true,
        signedOut: [...new Set([...one.signedOut, ...other.signedOut])],
        because: one.because ?? other.because,
        deleted: [...one.deleted, ...other.deleted],
        left: [...one.left, ...other.left],
      }
    : { ...one, left: [...one.left, { path: store, code: 'storage-busy' }] }

const FORMER = /^device-contacts-[A-Za-z0-9]{6}$/

/** Earlier versions made a new store of the sandbox for each import. */
const formerStores = (): readonly string[] => {
  try {
    return readdirSync(tmpdir())
      .filter((name) => FORMER.test(name))
      .map((name) => join(tmpdir(), name))
      .filter((folder) => lstatSync(folder).isDirectory() && ownershipOf(folder) === 'own')
      .map((folder) => join(folder, 'sandbox.db'))
      .filter((store) => lstatSync(store, { throwIfNoEntry: false })?.isFile() === true)
  } catch {
    return []
  }
}
