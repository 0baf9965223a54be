import { lstat, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { sources } from '../../../../domain/source.ts'
import { lockFile } from '../run-locks.ts'

/**
 * The files of a store that exist, by their absolute paths; where the store is a link, the link and its target.
 * They can be deleted in this order: as long as the database exists, the remaining files are known to be ours.
 */
export const storeFiles = async (file: string): Promise<readonly string[]> => {
  const location = resolve(file)
  // SQLite makes its files beside the database itself.
  const real = await realpath(location).catch(() => location)
  const names = ['-wal', '-shm', '-journal', ''].map((part) => real + part)
  return present(real === location ? names : [...names, location])
}

/** The lock files of a store that exist. They hold no data. */
export const storeLockFiles = async (file: string): Promise<readonly string[]> =>
  present(sources.map((source) => lockFile(file, source)))

const present = async (paths: readonly string[]): Promise<readonly string[]> => {
  const are = await Promise.all(paths.map(isFile))
  return paths.filter((_, index) => are[index])
}

const isFile = async (path: string): Promise<boolean> => {
  const stat = await lstat(path).catch(() => null)
  return stat !== null && !stat.isDirectory()
}
