import { chmodSync, lstatSync, statSync } from 'node:fs'
import type { Stats } from 'node:fs'
import { dirname } from 'node:path'
import { ImportFailure } from '../../domain/failures.ts'

const OTHERS_MAY_WRITE = 0o022
const OTHERS = 0o077

/**
 * Who owns a file. `own`: this user. `other`: another user. `untrusted`: another user, in a folder that others may
 * write to, so that anyone may have put it there.
 */
export type Ownership = 'own' | 'other' | 'untrusted'

/** Null if there is no such file. A link is not followed. Always `own` on Windows, which has no user ids. */
export const ownershipOf = (path: string): Ownership | null => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return null
  if (isOwn(found)) return 'own'
  return othersMayWriteBeside(path) ? 'untrusted' : 'other'
}

/** Whether this is a folder of this user that no other user may write to. On Windows, true for every folder. */
export const isOwnFolder = (path: string): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found?.isDirectory() !== true) return false
  return process.platform === 'win32' || (isOwn(found) && (found.mode & OTHERS_MAY_WRITE) === 0)
}

/** Throws `ImportFailure` `storage-untrusted` if one of the files is `untrusted`. */
export const refuseUntrusted = (paths: readonly string[]): void => {
  if (paths.some((path) => ownershipOf(path) === 'untrusted')) throw new ImportFailure('storage-untrusted')
}

/**
 * Whether another user put a link into a folder that others may write to. Links of root are not from a stranger: the
 * system has links in such folders, too.
 */
export const isFromStranger = (path: string, link: Stats): boolean =>
  !isOwn(link) && link.uid !== 0 && othersMayWriteBeside(path)

/**
 * Makes a file of this user readable and writable for this user alone. Returns false if it already was, or if that is
 * not possible: some media have no permissions.
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

/** The sticky bit does not help: it keeps others from removing files, not from creating one first. */
const othersMayWriteBeside = (path: string): boolean =>
  (statSync(dirname(path)).mode & OTHERS_MAY_WRITE) !== 0
