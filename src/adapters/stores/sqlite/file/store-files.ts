import { lstat, realpath } from 'node:fs/promises'
import { resolve } from 'node:path'
import { sources } from '../../../../domain/source.ts'
import { lockFile } from '../run-locks.ts'

/**
 * The files that make a store, as far as they are there, by their whole paths; where the store is a link, the
 * link and what it leads to. In this order they can be deleted: as long as the database stands, what is
 * left is known to be ours.
 */
export const storeFiles = async (file: string): Promise<readonly string[]> => {
  const location = resolve(file)
  // SQLite makes its files beside the database itself.
  const real = await realpath(location).catch(() => location)
  const made = ['-wal', '-shm', '-journal', ''].map((part) => real + part)
  return present(real === location ? made : [...made, location])
}

/** The run locks of a store that are there. They hold nothing. */
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
