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

/** Rings that did not answer when this process asked last. */
const silent = new WeakSet<KeyRingVault>()
const systemRing = keyRingVault()

/** What a system vault is made of. */
export interface SystemVaultOptions {
  /** Excludes other processes while one decides where to keep a key. Default: a lock file in the folder. */
  readonly locks?: RunLocks
  /** Default: the ring of the system. */
  readonly ring?: KeyRingVault
}

/**
 * Keeps keys in the key ring of the system, or in files in `folder` if the ring does not answer. A key never moves: one
 * in a file is used as long as the file is there.
 *
 * Before the ring is given a key, an empty file in the folder marks that, so that it is known later whether a ring that
 * does not answer may have the key. If it may, `obtain` throws `KeyVaultUnavailable` instead of making another key, and
 * `load` throws it too; if not, a new key goes to a file, 5 s later if the ring is silent, and `load` resolves to null.
 *
 * `destroy` destroys the file and then asks the ring. It throws `KeyVaultUnavailable` if the ring does not answer and may
 * have the key.
 */
export const systemVault = (
  folder: string,
  { locks = sqliteLocks(join(folder, 'vault')), ring = systemRing }: SystemVaultOptions = {},
): KeyVault => {
  const files = fileVault(folder)
  const marks = ringMarks(folder)

  /** A silent ring takes 5 s for each question, so it is not asked again without need. */
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

  /** A key in the ring of an installation that had the package, for one that lacks it. */
  const mustBeInRing = async (name: string): Promise<void> => {
    if (!ring.isInstalled && (await marks.has(name)))
      throw new KeyVaultUnavailable('The package for the key ring is missing.')
  }

  const obtainFromRing = async (name: string): Promise<VaultKey> => {
    // Only a ring that answers is given a key, and so gets a mark.
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
      return underLock(locks, () => obtain(name))
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
