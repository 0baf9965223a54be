import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { copyFile, link, lstat, open, rm, writeFile } from 'node:fs/promises'
import { KeyVaultUnavailable } from '../../ports/key-vault.ts'

const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY, O_RDWR, COPYFILE_EXCL } = constants
/** Without `O_NONBLOCK`, opening a named pipe waits for a writer. Windows has neither flag: `undefined` is 0 here. */
const NO_LINK = O_NOFOLLOW | O_NONBLOCK

/**
 * Creates a file with mode 0600 that holds all of `bytes` from its first moment, even if this process is killed: it is
 * written as `temporary`, which is then linked to `path`. False if the path is taken, or if `temporary` was removed.
 */
export const createWhole = async (
  path: string,
  temporary: string,
  bytes: Uint8Array,
  makeLink = link,
): Promise<boolean> => {
  try {
    await writeFile(temporary, bytes, { mode: 0o600, flag: 'wx', flush: true })
    await makeLink(temporary, path).catch(async (error: unknown) => {
      if (isTaken(error)) throw error
      // FAT and some network drives have no links. A reader waits while a file is being copied.
      await copyFile(temporary, path, COPYFILE_EXCL)
      await sync(path)
    })
    return true
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}

interface FileContent {
  readonly bytes: Uint8Array
  /** In ms. */
  readonly age: number
}

/**
 * Null if there is no file. Throws `KeyVaultUnavailable` if it is not an ordinary file, or belongs neither to this
 * user nor to `owner` (a user id): then another user has put it there.
 */
export const readOwn = async (path: string, owner: number): Promise<FileContent | null> => {
  const file = await open(path, O_RDONLY | NO_LINK).catch(unless('ENOENT'))
  if (file === undefined) return null
  try {
    const stat = await file.stat()
    if (!stat.isFile() || ![owner, process.geteuid?.()].includes(stat.uid))
      throw new KeyVaultUnavailable('A file of keys cannot be trusted.')
    return { bytes: await file.readFile(), age: Math.abs(Date.now() - stat.mtimeMs) }
  } finally {
    await file.close()
  }
}

/**
 * Overwrites a file and removes it. Throws the file system's error only if both fail, and `KeyVaultUnavailable` for a
 * link, because the key behind it would stay. May be repeated.
 */
export const shred = async (path: string): Promise<void> => {
  const found = await lstat(path).catch(unless('ENOENT'))
  if (found?.isSymbolicLink()) throw new KeyVaultUnavailable('A file of keys cannot be trusted.')
  const isOverwritten = await overwrite(path).then(
    () => true,
    () => false,
  )
  await rm(path, { force: true }).catch((error: unknown) => {
    if (!isOverwritten) throw error
  })
}

const overwrite = async (path: string): Promise<void> => {
  const file = await open(path, O_RDWR | NO_LINK)
  try {
    const { size } = await file.stat()
    await file.write(randomBytes(size), 0, size, 0)
    await file.sync()
    await file.truncate(0)
  } finally {
    await file.close()
  }
}

/** Makes the content of a file, or the names in a folder, durable. Windows cannot do the latter. */
export const sync = async (path: string): Promise<void> => {
  const file = await open(path, O_RDONLY).catch(() => null)
  try {
    await file?.sync().catch(unless('EINVAL', 'EPERM', 'EISDIR'))
  } finally {
    await file?.close()
  }
}

/** For `catch`: resolves to undefined for errors with these codes, and throws all others. */
export const unless =
  (...codes: readonly string[]) =>
  (error: unknown): undefined => {
    if (!codes.includes(codeOf(error))) throw error
  }

const isTaken = (error: unknown): boolean => ['EEXIST', 'ENOENT'].includes(codeOf(error))

const codeOf = (error: unknown): string => String(Reflect.get(Object(error), 'code'))
