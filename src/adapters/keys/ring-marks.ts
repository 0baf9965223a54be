import { createHash, randomUUID } from 'node:crypto'
import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createWhole, unless } from './key-files.ts'
import { examineFolder, makeFolder, syncFolder } from './key-folder.ts'
import { onFiles } from './unavailable.ts'

/**
 * Files in the folder of keys that say which keys the key ring may have: each has the name of a key in it, which is no
 * secret. Every method throws `KeyVaultUnavailable` if the folder cannot be used or trusted.
 */
export interface RingMarks {
  has(name: string): Promise<boolean>
  /** Also true if there is no folder, because a lost folder may have had the mark. */
  mayHave(name: string): Promise<boolean>
  /** Durable when it resolves. */
  set(name: string): Promise<void>
  remove(name: string): Promise<void>
  /** The names of all keys that the ring may have, and the paths of their marks. */
  all(): Promise<readonly { readonly name: string; readonly path: string }[]>
}

const END = '.ring'

/** The marks in `folder`. */
export const ringMarks = (folder: string): RingMarks => {
  const pathOf = (name: string): string =>
    join(folder, `${createHash('sha256').update(name).digest('hex')}${END}`)
  const has = async (name: string): Promise<boolean> =>
    (await examineFolder(folder)) !== null &&
    (await lstat(pathOf(name)).catch(unless('ENOENT'))) !== undefined

  return {
    has: (name) => onFiles(() => has(name)),
    mayHave: (name) => onFiles(async () => (await examineFolder(folder)) === null || has(name)),
    set: (name) =>
      onFiles(async () => {
        const path = pathOf(name)
        do {
          await makeFolder(folder)
          await createWhole(path, `${path}.${randomUUID()}.tmp`, Buffer.from(name))
        } while (!(await has(name)))
        await syncFolder(folder)
      }),
    remove: (name) =>
      onFiles(async () => {
        if (!(await has(name))) return
        await rm(pathOf(name), { force: true })
        await syncFolder(folder)
      }),
    all: () =>
      onFiles(async () => {
        if ((await examineFolder(folder)) === null) return []
        const paths = (await readdir(folder))
          .filter((file) => file.endsWith(END))
          .map((file) => join(folder, file))
        const marks = await Promise.all(
          paths.map(async (path) => ({ name: await readFile(path, 'utf8'), path })),
        )
        // A damaged mark names no key.
        return marks.filter(({ name, path }) => path === pathOf(name))
      }),
  }
}
