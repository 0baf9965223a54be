import { existsSync, lstatSync, readdirSync } from 'node:fs'
import { rmdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { realPath } from '../src/adapters/files/real-path.ts'
import { isOwnFolder } from '../src/adapters/files/owners.ts'
import { type Deletion, deleteEverything } from '../src/node.ts'
import type { Options } from '../src/shells/terminal/arguments/options.ts'
import { forgetBeside } from './forget-beside.ts'
import { forgetLateRedirects } from './late-redirects-file.ts'
import { defaultStore, ownTemporary, sandboxStore } from './store-file.ts'
import { tokenCachesOf } from './tenants/token-cache.ts'

/** Deletes the store. If the command line names no store, also deletes all others that this program uses by default. */
export const deleteStores = async (
  store: string,
  { store: named }: Pick<Options, 'store'>,
): Promise<Deletion> => {
  const others = named === undefined ? [defaultStore(), sandboxStore(), ...formerStores()] : []
  const first = await deleteOne(store)
  if (!first.ok) return first
  let all = first
  for (const other of new Set(others.filter((each) => each !== store && existsSync(dirname(each)))))
    all = together(all, other, await deleteOne(other))
  return all
}

const deleteOne = async (store: string): Promise<Deletion> => {
  const real = realPath(store)
  const deletion = await deleteEverything(store, { tokenFile: tokenCachesOf(real) })
  if (deletion.ok) forgetLateRedirects(real)
  // Files that stay must still be known to come from the sandbox.
  if (!deletion.ok || deletion.left.length > 0) return deletion
  await forgetBeside(real)
  if (isFormerFolder(dirname(store))) await rmdir(dirname(store)).catch(() => undefined)
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

const isFormerFolder = (folder: string): boolean =>
  dirname(folder) === tmpdir() && FORMER.test(basename(folder)) && folder !== ownTemporary()

/** Earlier versions made a new store of the sandbox for each import. */
const formerStores = (): readonly string[] =>
  namesIn(tmpdir())
    .map((name) => join(tmpdir(), name))
    .filter((folder) => isFormerFolder(folder) && isOwnFolder(folder))
    .map((folder) => join(folder, 'sandbox.db'))
    .filter((store) => lstatSync(store, { throwIfNoEntry: false })?.isFile() === true)

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
