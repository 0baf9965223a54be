import { randomUUID } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { SerialQueue } from '../../../../async/serial-queue.ts'
import type { KeyStore } from '../../../../ports/key-store.ts'
import { isEncrypted, tokenEncryption } from './token-encryption.ts'

/** Keeps MSAL's serialised token cache (JSON text) where only this user can read it. */
export interface TokenCache {
  /** Null if no account is signed in or the file cannot be read. */
  read(): Promise<string | null>
  /** Replaces everything. If the file cannot be written, this process keeps the tokens in memory. */
  replace(text: string): Promise<void>
  /**
   * Replaces `expected`, the content that was read. Does nothing if the content has changed: a sign-out or a new
   * sign-in takes precedence over a renewal.
   */
  update(expected: string | null, text: string): Promise<void>
  /** Whether there is anything to erase, readable or not. Throws the file system's error if that cannot be checked. */
  holdsAnything(): Promise<boolean>
  /** Removes every trace. Throws the file system's error if that fails. */
  erase(): Promise<void>
  /** The file in which tokens would be unencrypted because the key store is unavailable; null if there is none. */
  unencryptedFile(): Promise<string | null>
}

/**
 * A token cache in `path`, created with mode 0600 and replaced atomically, so that no reader sees half of it; in memory
 * only if `path` is null. With a key store, the file is encrypted with a key that is kept there; an unencrypted file
 * can be read, and is encrypted at the next write. A damaged file counts as signed out and is overwritten by the next
 * sign-in: a copy of it would let tokens outlive a sign-out.
 */
export const tokenCache = (path: string | null, keys: KeyStore | null = null): TokenCache => {
  let memory: string | null = null
  const encryption = path === null || keys === null ? null : tokenEncryption(keys, resolve(path))
  const queue = new SerialQueue()

  const read = async (): Promise<string | null> => {
    if (memory !== null || path === null) return memory
    const written = await readFile(path, 'utf8').catch(() => '')
    const text = isEncrypted(written) ? await encryption?.decrypt(written) : written
    return text && isJsonObject(text) ? text : null
  }

  const write = async (text: string): Promise<void> => {
    memory = text
    if (path === null) return
    try {
      await writeAtomically(path, (await encryption?.encrypt(text)) ?? text)
      memory = null
    } catch {
      // The next process must not find the tokens of an earlier sign-in.
      await rm(path, { force: true }).catch(() => undefined)
    }
  }

  const holdsAnything = async (): Promise<boolean> => {
    if (memory !== null) return true
    return path !== null && ((await exists(path)) || (await leftovers(path)).length > 0)
  }

  const erase = async (): Promise<void> => {
    memory = null
    if (path === null) return
    const written = await readFile(path, 'utf8').catch(() => '')
    // If the file is not encrypted, there is no key, so do not touch the key store.
    if (isEncrypted(written)) await encryption?.destroyKey().catch(() => undefined)
    await Promise.all([path, ...(await leftovers(path))].map((file) => rm(file, { force: true })))
  }

  return {
    read,
    replace: (text) => queue.run(() => write(text)),
    update: (expected, text) =>
      queue.run(async () => {
        if (expected !== null && (await read()) === expected) await write(text)
      }),
    holdsAnything: () => queue.run(holdsAnything),
    erase: () => queue.run(erase),
    unencryptedFile: async () => (encryption === null || (await encryption.isReady()) ? null : path),
  }
}

const writeAtomically = async (path: string, text: string): Promise<void> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const temporary = `${path}.${randomUUID()}.tmp`
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx', flush: true })
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

const exists = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (Reflect.get(Object(error), 'code') === 'ENOENT') return false
      throw error
    },
  )

/** Temporary files of a killed process. */
const leftovers = async (path: string): Promise<string[]> => {
  const files = await readdir(dirname(path)).catch(() => [])
  return files
    .filter((file) => file.startsWith(`${basename(path)}.`) && file.endsWith('.tmp'))
    .map((file) => join(dirname(path), file))
}

const isJsonObject = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
