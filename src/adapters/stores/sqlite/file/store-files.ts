import { lstat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { sources } from '../../../../domain/source.ts'
import { realPath } from '../../../files/real-path.ts'
import { lockFile } from '../run-locks.ts'

/**
 * The absolute paths of the existing files of a store; if the store is a link, of the link and its target. Delete them
 * in this order: as long as the database exists, the remaining files are known to be ours. Throws as `realPath` does.
 */
export const storeFiles = async (file: string): Promise<readonly string[]> => {
  const location = resolve(file)
  // SQLite puts its files next to the target of a link.
  const real = realPath(location)
  const names = ['-wal', '-shm', '-journal', ''].map((part) => real + part)
  return present(real === location ? names : [...names, location])
}

/** The existing lock files of a store. They contain no data. */
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
