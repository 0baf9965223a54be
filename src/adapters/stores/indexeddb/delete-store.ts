import { sources } from '../../../domain/source.ts'
import type { RunLocks } from '../../../ports/run-lock.ts'
import { type Marker, storageMarker } from './marker.ts'
import { deleteDatabase } from './open-database.ts'
import { translated } from './storage-failure.ts'

/** What belongs to a store besides its database. */
export interface DeletedStoreOptions {
  readonly locks: RunLocks
  /** Default: as for `openIndexedDbStore`. */
  readonly marker?: Marker
  /** Destroys the keys of the store. It comes first, because nothing can be read without them. */
  readonly destroyKeys: () => Promise<void>
}

/**
 * Deletes a store with its keys and its marker, whatever its state. Other tabs that have it open then fail as
 * `storage-replaced`. Resolves to false, and deletes nothing, if another tab is importing into it. Throws what
 * `destroyKeys` throws, and an `ImportFailure`: `storage-busy` if a tab keeps the database open (the browser deletes it
 * once that tab is closed), `storage-unavailable` if the browser cannot delete it.
 */
export const deleteIndexedDbStore = (
  name: string,
  { locks, marker = storageMarker(name), destroyKeys }: DeletedStoreOptions,
): Promise<boolean> =>
  translated(async () => {
    try {
      for (const source of sources) if ((await locks.acquire(source)) === null) return false
      await destroyKeys()
      // Before the database: a deletion that is interrupted must not look like a loss.
      marker.remove()
      await deleteDatabase(name)
      return true
    } finally {
      await locks.close()
    }
  })
