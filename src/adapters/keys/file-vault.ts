import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KeyVaultUnavailable, type KeyVault } from '../../ports/key-vault.ts'
import { createWhole, readOwn, shred } from './key-files.ts'
import { examineFolder, makeFolder, removeLeftovers, syncFolder } from './key-folder.ts'
import { nodeKey } from './node-key.ts'
import { onFiles } from './unavailable.ts'
import { KEY_BYTES } from './web-crypto-key.ts'

/** How often another process may come first, or a key file may be damaged, before the vault gives up. */
const MOST_ROUNDS = 16
/** How long a file may take to be copied, in ms: a file that is incomplete for longer is damaged. */
const COPYING_MS = 2_000
const PAUSE_MS = 20

/**
 * Keeps each key in a file of its own in `folder`: mode 0600, in a folder of mode 0700 that backups leave out. The
 * folder is made with the first key. A damaged file counts as no key. It stays until the key is destroyed. Meanwhile
 * a new key gets the next file name, so that no process removes by mistake a file that another process has just made.
 *
 * `destroy` overwrites the file first. It cannot overwrite what the disk or a snapshot keeps of it.
 */
export const fileVault = (folder: string): KeyVault => {
  /** The first file that holds the key, or else the first path that is free. */
  const find = async (name: string, owner: number): Promise<{ path: string; key: Uint8Array | null }> => {
    for (let index = 0; index < MOST_ROUNDS; index++) {
      const path = join(folder, fileOf(name, index))
      const content = await readSettled(path, owner)
      const key = content && keyIn(content)
      if (content === null || key !== null) return { path, key }
    }
    throw new KeyVaultUnavailable('Too many files of this key are damaged.')
  }

  const found = async (name: string) => {
    const stat = await examineFolder(folder)
    return stat && find(name, stat.uid)
  }

  const obtained = async (name: string): Promise<Uint8Array> => {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const { uid } = await makeFolder(folder)
      const { path, key } = await find(name, uid)
      if (key !== null) {
        await removeLeftovers(folder)
        // Even if another process made the key: it may not have synced the folder yet.
        await syncFolder(folder)
        return key
      }
      await createWhole(path, `${path}.${randomUUID()}.tmp`, record(randomBytes(KEY_BYTES)))
    }
    throw new KeyVaultUnavailable('The folder of keys keeps changing.')
  }

  const destroy = async (name: string): Promise<void> => {
    if ((await examineFolder(folder)) === null) return
    const files = await readdir(folder)
    // From last to first: as long as an earlier file exists, no process takes the name after it for free.
    for (let index = MOST_ROUNDS - 1; index >= 0; index--)
      for (const file of files.filter((file) => file.startsWith(fileOf(name, index))))
        await shred(join(folder, file))
    await removeLeftovers(folder)
    await syncFolder(folder)
  }

  return {
    obtain: (name) => onFiles(async () => nodeKey(await obtained(name))),
    load: (name) =>
      onFiles(async () => {
        const key = (await found(name))?.key
        return key ? nodeKey(key) : null
      }),
    destroy: (name) => onFiles(() => destroy(name)),
    placeOf: (name) =>
      onFiles(async () => {
        const place = await found(name)
        return place?.key ? { kind: 'file', path: place.path } : null
      }),
  }
}

const fileOf = (name: string, index: number): string =>
  `${createHash('sha256').update(name).digest('hex')}${index === 0 ? '' : `-${index}`}.key`

/** A key followed by its SHA-256, so that half of it is never taken for a key. */
const record = (key: Uint8Array): Uint8Array =>
  Buffer.concat([key, createHash('sha256').update(key).digest()])

const keyIn = (content: Uint8Array): Uint8Array | null => {
  const key = content.subarray(0, KEY_BYTES)
  return key.length === KEY_BYTES && Buffer.compare(record(key), content) === 0 ? key : null
}

/** Waits while a file is being copied. Null if there is none. */
const readSettled = async (path: string, owner: number): Promise<Uint8Array | null> => {
  for (;;) {
    const content = await readOwn(path, owner)
    if (content === null) return null
    if (keyIn(content.bytes) !== null || content.age > COPYING_MS) return content.bytes
    await sleep(PAUSE_MS)
  }
}
