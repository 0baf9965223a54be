import { chmodSync, lstatSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname } from 'node:path'
import { ImportFailure } from '../../domain/failures.ts'

const OTHERS_MAY_WRITE = 0o022
const OTHERS = 0o077

/**
 * Whose a file is. `other`: another user's. `untrusted`: another user's, in a folder that others may write to, so that
 * anybody may have put it there.
 */
export type Ownership = 'own' | 'other' | 'untrusted'

/** Null if there is no such file. A link counts as itself. Always `own` on Windows, which has no such owners. */
export const ownershipOf = (path: string): Ownership | null => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  if (isOwn(found)) return 'own'
  return othersMayWriteBeside(path) ? 'untrusted' : 'other'
}

/** Whether it is a folder of this user, and no other one may write to it. Always so on Windows, if it is a folder. */
export const isOwnFolder = (path: string): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() !== true) return false
  return process.platform === 'win32' || (isOwn(found) && (found.mode & OTHERS_MAY_WRITE) === 0)
}

/** Throws `ImportFailure` `storage-untrusted` if one of the files is `untrusted`. */
export const refuseUntrusted = (paths: readonly string[]): void => {
  if (paths.some((path) => ownershipOf(path) === 'untrusted')) throw new ImportFailure('storage-untrusted')
}

/** Whether a link was put by another user where others may write. The system itself has links there, too. */
export const isFromStranger = (path: string, link: Stats): boolean =>
  !isOwn(link) && link.uid !== 0 && othersMayWriteBeside(path)

/**
 * Makes one's own file readable and writable for oneself alone. False if it was so before, or cannot be made so: some
 * media know no rights.
 */
export const narrow = (path: string): boolean => {
  const isWide = () => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    return found?.isFile() === true && isOwn(found) && (found.mode & OTHERS) !== 0
  }
  if (process.platform === 'win32' || !isWide()) return false
  try {
    chmodSync(path, 0o600)
  } catch {
    return false
  }
  return !isWide()
}

const isOwn = ({ uid }: Stats): boolean => process.geteuid === undefined || uid === process.geteuid()

/** The sticky bit does not help: it keeps others from removing files, not from being the first to make one. */
const othersMayWriteBeside = (path: string): boolean =>
  (statSync(dirname(path)).mode & OTHERS_MAY_WRITE) !== 0
