import { join } from 'node:path'
import { KeyVaultUnavailable, type KeyVault, type VaultKey } from '../../ports/key-vault.ts'
import type { RunLocks } from '../../ports/run-lock.ts'
import { sqliteLocks } from '../stores/sqlite/run-locks.ts'
import { fileVault } from './file-vault.ts'
import { makeFolder } from './key-folder.ts'
import { type KeyRingVault, keyRingVault } from './ring/key-ring-vault.ts'
import { ringMarks } from './ring-marks.ts'
import { onFiles } from './unavailable.ts'
import { underLock } from './vault-lock.ts'

/** Rings that did not answer when this process last asked. */
const silent = new WeakSet<KeyRingVault>()
const systemRing = keyRingVault()

/** What a system vault is made of. */
export interface SystemVaultOptions {
  /** Excludes other processes while one decides where to keep a key. Default: a lock file in the folder. */
  readonly locks?: Pick<RunLocks, 'acquire'>
  /** Default: the ring of the system. */
  readonly ring?: KeyRingVault
  /** How long to wait for other processes, in ms. Default: 10,000. */
  readonly patience?: number
}

/**
 * Keeps keys in the key ring of the system, or in files in `folder` if the ring does not answer. A key never moves: a
 * key in a file is used as long as the file exists.
 *
 * Before a key is given to the ring, an empty file in the folder marks its name. So it is known later whether a ring
 * that does not answer may have the key. If it may, `obtain` throws `KeyVaultUnavailable` instead of making another
 * key, and `load` throws it as well. If it may not, `obtain` makes a new key in a file (after 5 s if the ring does
 * not answer), and `load` resolves to null.
 *
 * `destroy` destroys the file and then asks the ring. It throws `KeyVaultUnavailable` if the ring does not answer and
 * may have the key.
 */
export const systemVault = (
  folder: string,
  { locks = sqliteLocks(join(folder, 'vault')), ring = systemRing, patience }: SystemVaultOptions = {},
): KeyVault => {
  const files = fileVault(folder)
  const marks = ringMarks(folder)

  /** A ring that does not answer takes 5 s for each request, so it is not asked again without need. */
  const asked = async <T>(answer: Promise<T>): Promise<T> => {
    try {
      const answered = await answer
      silent.delete(ring)
      return answered
    } catch (error) {
      silent.add(ring)
      throw error
    }
  }

  /** For an installation without the package: throws if a key was given to the ring while the package was installed. */
  const mustBeInRing = async (name: string): Promise<void> => {
    if (!ring.isInstalled && (await marks.has(name)))
      throw new KeyVaultUnavailable('The package for the key ring is missing.')
  }

  const obtainFromRing = async (name: string): Promise<VaultKey> => {
    // Only a ring that answers gets a key, and so a mark.
    const found = await asked(ring.load(name))
    await marks.set(name)
    return found ?? asked(ring.obtain(name))
  }

  const obtain = async (name: string): Promise<VaultKey> => {
    const kept = await files.load(name)
    if (kept !== null) return kept
    await mustBeInRing(name)
    const isMarked = await marks.has(name)
    if (ring.isInstalled && (isMarked || !silent.has(ring))) {
      try {
        return await obtainFromRing(name)
      } catch (error) {
        if (isMarked || !(error instanceof KeyVaultUnavailable)) throw error
      }
    }
    return files.obtain(name)
  }

  const load = async (name: string): Promise<VaultKey | null> => {
    const kept = await files.load(name)
    if (kept !== null) return kept
    await mustBeInRing(name)
    try {
      return await asked(ring.load(name))
    } catch (error) {
      if (!(error instanceof KeyVaultUnavailable) || (await marks.mayHave(name))) throw error
      return null
    }
  }

  const destroyInRing = async (name: string, isMarked: boolean): Promise<void> => {
    if (!isMarked && silent.has(ring)) return
    await mustBeInRing(name)
    try {
      await asked(ring.destroy(name))
    } catch (error) {
      if (isMarked || !(error instanceof KeyVaultUnavailable)) throw error
      return
    }
    await marks.remove(name)
  }

  return {
    obtain: async (name) => {
      await onFiles(() => makeFolder(folder))
      return underLock(locks, () => obtain(name), patience)
    },
    load,
    destroy: async (name) => {
      const isMarked = await marks.mayHave(name).catch(() => true)
      const results = await Promise.allSettled([files.destroy(name), destroyInRing(name, isMarked)])
      for (const result of results) if (result.status === 'rejected') throw result.reason
    },
    placeOf: async (name) =>
      (await files.placeOf(name)) ?? ((await load(name)) === null ? null : { kind: 'key-ring' }),
  }
}
