import { constants, lstat, open, readdir, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type KeyRingVault, keyRingVault } from '../adapters/keys/ring/key-ring-vault.ts'
import { ringMarks } from '../adapters/keys/ring-marks.ts'
import { systemVault } from '../adapters/keys/system-vault.ts'
import { KeyVaultUnavailable } from '../ports/key-vault.ts'
import { type LeftFile, removalFailure, type Removal, removeFiles } from './remove-files.ts'

/** The folder with the keys of a store or of a token file, beside its real path. */
export const keyFolder = (file: string): string => `${file}.keys`

/**
 * Destroys all keys of a folder and then the folder itself. Keys in the key ring have a mark file in the folder; keys in
 * files are overwritten and deleted. If the key ring does not delete a key, its mark stays and is in `left` with the code
 * `storage-locked`. Does not throw. Does not follow links: if the path is a link or a file, it is left.
 */
export const eraseKeys = async (folder: string, ring?: KeyRingVault): Promise<Removal> => {
  const found = await lstat(folder).catch(() => null)
  if (found === null) return { deleted: [], left: [] }
  // The app keeps no keys there, and a key behind a link must not count as destroyed.
  if (!found.isDirectory()) {
    const code = found.isSymbolicLink() ? 'storage-untrusted' : 'storage-foreign'
    return { deleted: [], left: [{ path: folder, code }] }
  }
  const kept = await eraseFromRing(folder, ring)
  const files = (await readdir(folder).catch(() => [])).map((name) => join(folder, name))
  const others = files.filter((file) => !kept.some(({ path }) => path === file))
  for (const file of others) await overwrite(file)
  const { deleted, left } = await removeFiles(others)
  if (kept.length > 0) return { deleted, left: [...kept, ...left] }
  try {
    await rmdir(folder)
    return { deleted: [...deleted, folder], left }
  } catch (error) {
    const self: LeftFile = { path: folder, code: removalFailure(error) }
    return { deleted, left: [...left, self] }
  }
}

/** Resolves to the marks of the keys that could not be destroyed. */
const eraseFromRing = async (
  folder: string,
  ring: KeyRingVault = keyRingVault(),
): Promise<readonly LeftFile[]> => {
  const vault = systemVault(folder, { ring })
  const marks = await ringMarks(folder)
    .all()
    .catch(() => [])
  const kept: LeftFile[] = []
  for (const { name, path } of marks) {
    // A key ring that does not answer takes 5 s for each request, so the first failure ends the requests.
    const isDestroyed = kept.length === 0 && (await destroyed(vault.destroy(name)))
    if (!isDestroyed) kept.push({ path, code: 'storage-locked' })
  }
  return kept
}

const destroyed = async (destroying: Promise<void>): Promise<boolean> => {
  try {
    await destroying
    return true
  } catch (error) {
    if (error instanceof KeyVaultUnavailable) return false
    throw error
  }
}

/** Best effort: the file is deleted in any case. */
const overwrite = async (path: string): Promise<void> => {
  try {
    const file = await open(path, constants.O_WRONLY | constants.O_NOFOLLOW)
    try {
      const { size } = await file.stat()
      await file.write(Buffer.alloc(size), 0, size, 0)
      await file.sync()
    } finally {
      await file.close()
    }
  } catch {
    // It may be a link or read-only, or the disk may fail.
  }
}
