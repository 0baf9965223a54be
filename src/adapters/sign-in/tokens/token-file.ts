import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as timeout } from 'node:timers/promises'

/** The calls of the file system that are needed to keep tokens. */
export type FileSystem = Pick<
  typeof fs,
  'lstat' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm'
>

export interface TokenFileOptions {
  /** Default: Node's. */
  readonly files?: FileSystem
  /** Waits before a call is tried again, in ms. Default: that time. */
  readonly wait?: (ms: number) => Promise<unknown>
}

/** One file for this user alone, and the temporary files from which it is replaced. */
export interface TokenFile {
  /** The content; empty if there is no file, null if it cannot be read. */
  read(): Promise<string | null>
  /** Whether the folder of the file exists. */
  hasFolder(): Promise<boolean>
  makeFolder(): Promise<void>
  /** Replaces the file in one step. Throws the file system's error; the file is then as it was. */
  write(text: string): Promise<void>
  /** Removes the temporary files of killed processes, and of living ones: call it only while no other can write. */
  removeLeftovers(): Promise<void>
  /** Whether the file or a temporary one exists. Throws the file system's error if that cannot be checked. */
  exists(): Promise<boolean>
  /** Removes the file and all temporary ones. Throws the file system's error if one of them stays. */
  remove(): Promise<void>
}

/** Errors of a call while a virus scanner or an indexer has the file open, which takes some milliseconds. */
const passing: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY']

/** The pauses before further tries, in ms. */
const PAUSES = [25, 50, 100, 200]

const codeOf = (error: unknown): unknown => Reflect.get(Object(error), 'code')

export const tokenFile = (path: string, { files = fs, wait = timeout }: TokenFileOptions = {}): TokenFile => {
  const folder = dirname(path)

  const persistently = async <T>(call: () => Promise<T>): Promise<T> => {
    for (const pause of PAUSES) {
      try {
        return await call()
      } catch (error) {
        if (!passing.includes(codeOf(error))) throw error
        await wait(pause)
      }
    }
    return call()
  }

  const removeOne = (file: string): Promise<void> => persistently(() => files.rm(file, { force: true }))

  const isThere = async (file: string): Promise<boolean> => {
    try {
      await files.lstat(file)
      return true
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return false
      throw error
    }
  }

  const leftovers = async (): Promise<readonly string[]> => {
    const names = await files.readdir(folder).catch(() => [])
    return names.filter(isLeftoverOf(path)).map((name) => join(folder, name))
  }

  const removeAll = async (paths: readonly string[]): Promise<void> => {
    // A file that cannot be removed must not keep the others from being removed.
    const results = await Promise.allSettled(paths.map(removeOne))
    for (const result of results) if (result.status === 'rejected') throw result.reason
  }

  return {
    read: async () => {
      try {
        return await persistently(() => files.readFile(path, 'utf8'))
      } catch (error) {
        return codeOf(error) === 'ENOENT' ? '' : null
      }
    },
    hasFolder: () => isThere(folder).catch(() => true),
    makeFolder: async () => {
      await files.mkdir(folder, { recursive: true, mode: 0o700 })
    },
    write: async (text) => {
      const temporary = `${path}.${randomUUID()}.tmp`
      try {
        const file = await files.open(temporary, 'wx', 0o600)
        try {
          await file.writeFile(text)
          await file.sync()
        } finally {
          await file.close()
        }
        await persistently(() => files.rename(temporary, path))
      } catch (error) {
        await removeOne(temporary).catch(() => undefined)
        throw error
      }
    },
    removeLeftovers: async () => removeAll(await leftovers()),
    exists: async () => (await isThere(path)) || (await leftovers()).length > 0,
    remove: async () => removeAll([path, ...(await leftovers())]),
  }
}

/** Whether a file of this name is a temporary one of the token file at `path`. */
export const isLeftoverOf = (path: string): ((name: string) => boolean) => {
  const start = `${basename(path)}.`
  return (name) => name.startsWith(start) && name.endsWith('.tmp')
}
