import { readdir } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { sources } from '../../../domain/source.ts'
import { lockFile } from './sqlite-locks.ts'

/**
 * The files that make a store, as far as they are there, by their whole paths. In this order they can be
 * deleted: as long as the database stands, what is left is known to be ours.
 */
export const storeFiles = async (file: string): Promise<readonly string[]> => {
  const location = resolve(file)
  const all = ['-wal', '-shm', '-journal', ''].map((part) => location + part)
  return present(all)
}

/** The run locks of a store that are there. They hold nothing. */
export const storeLockFiles = async (file: string): Promise<readonly string[]> =>
  present(sources.map((source) => lockFile(file, source)))

const present = async (paths: readonly string[]): Promise<readonly string[]> => {
  const names = await readdir(dirname(paths[0] ?? '')).catch((): string[] => [])
  return paths.filter((path) => names.includes(basename(path)))
}
