import { withTimeout } from '../../async/with-timeout.ts'
import { utf8Of } from '../../formats/utf8.ts'
import { KeyVaultUnavailable, type KeyVault, type VaultKey } from '../../ports/key-vault.ts'
import { memoryVault } from './memory-vault.ts'
import { type OpfsFolder, opfsFolder } from './opfs-files.ts'
import { ANSWER_LIMIT_MS } from './unavailable.ts'
import { KEY_BYTES, webCryptoKey } from './web-crypto-key.ts'

/**
 * Keeps each key in a file of its own in the origin private file system: browsers keep parts of deleted records in the
 * files of IndexedDB and of web storage, but remove such a file completely. A Web Lock makes all tabs and workers agree.
 *
 * Where files cannot be written (no such file system, or one that only a worker can write), a key lasts as long as the
 * page or worker, and `placeOf` says so. A damaged file counts as no key.
 *
 * @param store the name of the store that the keys belong to
 */
export const opfsVault = (store: string): KeyVault => {
  const memory = memoryVault()
  const openFolder = () => opfsFolder(folderOf(store))
  const locked = <T>(mode: LockMode, work: (folder: OpfsFolder | null) => Promise<T>): Promise<T> =>
    answered((signal) =>
      navigator.locks.request(`device-contacts/${store}/keys`, { mode, signal }, async () =>
        work(await openFolder()),
      ),
    )
  return {
    obtain: (name) =>
      locked('exclusive', async (folder) => {
        const kept = await load(folder, name)
        if (kept !== null) return kept
        if (folder === null || !(await folder.canWrite())) return memory.obtain(name)
        return make(folder, name)
      }),
    load: (name) => locked('shared', async (folder) => (await load(folder, name)) ?? memory.load(name)),
    destroy: (name) =>
      locked('exclusive', async (folder) => {
        await memory.destroy(name)
        await folder?.remove(await fileOf(name))
      }),
    placeOf: (name) =>
      locked('shared', async (folder) => {
        if ((await load(folder, name)) === null) return memory.placeOf(name)
        return { kind: 'file', path: `${folderOf(store)}/${await fileOf(name)}` }
      }),
  }
}

/** Destroys all keys of a store. Throws `KeyVaultUnavailable` as a vault does. */
export const destroyOpfsKeys = (store: string): Promise<void> =>
  answered((signal) =>
    navigator.locks.request(`device-contacts/${store}/keys`, { signal }, async () => {
      await (await opfsFolder(folderOf(store)))?.removeAll()
    }),
  )

const folderOf = (store: string): string => `${encodeURIComponent(store)}.keys`

const load = async (folder: OpfsFolder | null, name: string): Promise<VaultKey | null> => {
  const content = await folder?.read(await fileOf(name))
  const key = content && (await keyIn(content))
  return key ? webCryptoKey(key) : null
}

const make = async (folder: OpfsFolder, name: string): Promise<VaultKey> => {
  await folder.write(await fileOf(name), await record(crypto.getRandomValues(new Uint8Array(KEY_BYTES))))
  const written = await load(folder, name)
  if (written === null) throw new KeyVaultUnavailable('The browser did not keep the key.')
  return written
}

/** A key followed by its SHA-256, so that half of it is never taken for a key. */
const record = async (key: Uint8Array): Promise<Uint8Array> => {
  const bytes = new Uint8Array(2 * KEY_BYTES)
  bytes.set(key)
  bytes.set(await sha256(key), KEY_BYTES)
  return bytes
}

const keyIn = async (content: Uint8Array): Promise<Uint8Array | null> => {
  if (content.length !== 2 * KEY_BYTES) return null
  const key = content.subarray(0, KEY_BYTES)
  const whole = await record(key)
  return whole.every((byte, index) => byte === content[index]) ? key : null
}

/** The name of the file reveals nothing about the key's name. */
const fileOf = async (name: string): Promise<string> => {
  const hash = await sha256(utf8Of(name))
  return `${Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('')}.key`
}

const sha256 = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource))

/** A tab that is frozen may hold the lock, and a disk may not answer: then the browser waits without end. */
const answered = async <T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
  try {
    return await withTimeout(ANSWER_LIMIT_MS, null, work)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    throw new KeyVaultUnavailable('The keys cannot be reached.', { cause: error })
  }
}
