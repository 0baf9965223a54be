import { execFile } from 'node:child_process'
import { mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** A separate file system that can really be filled. */
export interface SmallDisk {
  readonly folder: string
  /** Leaves `free` bytes free, or a little less. */
  fill(free: number): Promise<void>
  /** Makes room again. */
  clear(): Promise<void>
  remove(): Promise<void>
}

/** Null if this system or this user cannot create one. */
export const smallDisk = async (bytes: number): Promise<SmallDisk | null> => {
  const folder = await mkdtemp(join(tmpdir(), 'device-contacts-disk-'))
  try {
    await execute('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'tmpfs', folder])
  } catch {
    await rm(folder, { recursive: true })
    return null
  }
  const filler = join(folder, 'filler')
  return {
    folder,
    fill: async (free) => {
      const { bavail, bsize } = await statfs(folder)
      await writeFile(filler, Buffer.alloc(Math.max(0, bavail * bsize - free)))
    },
    clear: () => rm(filler, { force: true }),
    remove: async () => {
      await execute('umount', ['-l', folder])
      await rm(folder, { recursive: true })
    },
  }
}
