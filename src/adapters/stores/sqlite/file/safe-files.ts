import { lstatSync } from 'node:fs'
import { basename } from 'node:path'
import { ImportFailure } from '../../../../domain/failures.ts'
import type { Finding, FindingCode } from '../../../../domain/findings.ts'
import { narrow, type Ownership, ownershipOf, refuseUntrusted } from '../../../files/owners.ts'

/** The database and the files that SQLite puts beside it. */
export const databaseFiles = (location: string): readonly string[] =>
  ['', '-wal', '-shm', '-journal'].map((part) => location + part)

/**
 * Throws `ImportFailure`: `storage-untrusted` if another user may have put one of the files there, who could then read
 * all writes to it; `storage-linked` as `refuseSecondName` does; `storage-foreign` as `refuseDevices` does.
 */
export const refuseUnsafe = (location: string): void => {
  refuseUntrusted(databaseFiles(location))
  refuseDevices(location)
  refuseSecondName(location)
}

/**
 * Throws `ImportFailure` `storage-foreign` if one of the files is a named pipe, a socket or a device, because opening
 * it may never return. For a folder, SQLite itself says that it cannot be opened.
 */
export const refuseDevices = (location: string): void => {
  const isDevice = (path: string): boolean => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    return found !== undefined && !found.isFile() && !found.isDirectory() && !found.isSymbolicLink()
  }
  if (databaseFiles(location).some(isDevice)) throw new ImportFailure('storage-foreign')
}

/**
 * Throws `ImportFailure` `storage-linked` if the file has a second name (a hard link): by each name it would have a
 * WAL and locks of its own, which corrupts it (sqlite.org: How To Corrupt An SQLite Database File, 2.3 and 2.4).
 */
export const refuseSecondName = (location: string): void => {
  if (hasSecondName(location)) throw new ImportFailure('storage-linked')
}

export const hasSecondName = (location: string): boolean => {
  const found = lstatSync(location, { throwIfNoEntry: false })
  return found?.isFile() === true && found.nlink > 1
}

/**
 * Narrows the permissions of this user's files if they are wider than needed. Reports these files, and those of other
 * users.
 */
export const secureFiles = (paths: readonly string[]): readonly Finding[] => [
  ...finding('permissions-narrowed', paths.filter(narrow)),
  ...ownerFindings(paths),
]

/** Which of the files belong to another user. */
export const ownerFindings = (paths: readonly string[]): readonly Finding[] => {
  const of = (ownership: Ownership) => paths.filter((path) => ownershipOf(path) === ownership)
  return [...finding('store-untrusted', of('untrusted')), ...finding('owned-by-another', of('other'))]
}

const finding = (code: FindingCode, paths: readonly string[]): readonly Finding[] =>
  paths.length === 0 ? [] : [{ code, files: paths.map((path) => basename(path)) }]
