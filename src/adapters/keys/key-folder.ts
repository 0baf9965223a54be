import { randomUUID } from 'node:crypto'
import type { Stats } from 'node:fs'
import { chmod, lstat, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { KeyVaultUnavailable } from '../../ports/key-vault.ts'
import { createWhole, sync, unless } from './key-files.ts'

const TAG = 'CACHEDIR.TAG'
const TAG_TEXT = `Signature: 8a477f597d28d172789f06886806bc55
# This folder holds the keys of a store of device-contacts, without which its contacts cannot be read.
# This file keeps the folder out of backups: a sign-out destroys the keys, and a backup must not keep them.
`
const OTHERS_MAY_WRITE = 0o022

/**
 * Makes the folder, for this user only, and marks it as one that backups leave out (https://bford.info/cachedir/).
 * Narrows its permissions if they are wider. Throws `KeyVaultUnavailable` as `examineFolder` does.
 */
export const makeFolder = async (folder: string): Promise<Stats> => {
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 })
  await mkdir(folder, { mode: 0o700 }).catch(unless('EEXIST'))
  const found = await examineFolder(folder)
  if (found === null) return makeFolder(folder)
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) await chmod(folder, 0o700)
  return (await isTagged(folder)) ? found : makeFolder(folder)
}

/** False if another process came first, or removed the temporary file: then the tag may be missing. */
const isTagged = async (folder: string): Promise<boolean> => {
  const tag = join(folder, TAG)
  if ((await lstat(tag).catch(unless('ENOENT'))) !== undefined) return true
  return createWhole(tag, `${tag}.${randomUUID()}.tmp`, Buffer.from(TAG_TEXT))
}

/**
 * Null if there is no such folder. Throws `KeyVaultUnavailable` if it cannot be trusted: it is a link or not a
 * folder, or it belongs to another user in a place where others may write, and that user could have put keys there.
 */
export const examineFolder = async (folder: string): Promise<Stats | null> => {
  const found = await lstat(folder).catch(unless('ENOENT'))
  if (found === undefined) return null
  const own = process.geteuid?.() ?? found.uid
  if (
    !found.isDirectory() ||
    (found.uid !== own && ((await stat(dirname(folder))).mode & OTHERS_MAY_WRITE) !== 0)
  )
    throw new KeyVaultUnavailable('The folder of keys cannot be trusted.')
  return found
}

/** The paths of all files in the folder, none if there is no folder. */
export const keyFilesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder).catch(() => [])).map((name) => join(folder, name))

/** Removes the temporary files of killed processes. A living process whose file is removed starts over. */
export const removeLeftovers = async (folder: string): Promise<void> => {
  for (const file of await readdir(folder))
    if (file.endsWith('.tmp')) await rm(join(folder, file), { force: true })
}

/** Makes the names in the folder, and the name of the folder, durable. */
export const syncFolder = async (folder: string): Promise<void> => {
  await sync(folder)
  await sync(dirname(folder))
}
