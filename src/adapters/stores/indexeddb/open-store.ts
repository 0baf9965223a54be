import { ImportFailure } from '../../../domain/failures.ts'
import type { EventStore } from '../../../ports/event-store.ts'
import { createEventStore } from './event-store.ts'
import { findLosses } from './losses.ts'
import { type Marker, storageMarker } from './marker.ts'
import { readIdentity } from './meta.ts'
import { openDatabase } from './open-database.ts'
import { translated } from './storage-failure.ts'
import { transact } from './transaction.ts'

/** What shows that a database existed. */
export interface IndexedDbStoreOptions {
  /** Default: an item of `localStorage`. */
  readonly marker?: Marker
}

/**
 * Opens the store in one IndexedDB database of this origin, and creates it if there is none. Every append is durable
 * when it resolves (`durability: 'strict'`).
 *
 * Throws an `ImportFailure`: `storage-damaged` if the database is damaged, or gone although a store was there;
 * `storage-foreign` if it is something else; `storage-busy` if another tab holds it up for 10 s; `storage-unsupported`
 * if this browser, or this page without HTTPS, lacks what a store needs; `storage-unavailable` if it cannot be opened.
 * Once the person or the browser removes the database, everything but closing throws `storage-replaced`; once another
 * tab upgrades it, `storage-unavailable`, and the page must be loaded again.
 */
export const openIndexedDbStore = async (
  name: string,
  { marker = storageMarker(name) }: IndexedDbStoreOptions = {},
): Promise<EventStore> =>
  translated(async () => {
    if (!isSupported()) throw new ImportFailure('storage-unsupported')
    const connection = await openDatabase(name, marker)
    try {
      const db = connection.use()
      const identity = await transact(db, ['meta'], 'read', (store) => readIdentity(store('meta')))
      return createEventStore(name, connection, identity, await findLosses(db, identity, marker))
    } catch (error) {
      connection.close()
      throw error
    }
  })

const isSupported = (): boolean =>
  'indexedDB' in globalThis &&
  'BroadcastChannel' in globalThis &&
  'locks' in navigator &&
  'subtle' in globalThis.crypto
