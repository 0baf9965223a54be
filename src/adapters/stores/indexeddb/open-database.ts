import { withTimeout } from '../../../async/with-timeout.ts'
import { ImportFailure } from '../../../domain/failures.ts'
import type { Marker } from './marker.ts'
import { newIdentity, writeFirstMeta } from './meta.ts'
import { createStores, SCHEMA_VERSION, STORES } from './schema.ts'
import { requested } from './transaction.ts'

/** How long a tab that does not close its connection, such as a frozen one, may hold up others, in ms. */
const PATIENCE_MS = 10_000

/** A connection to the database, until it is closed or taken away. */
export interface Connection {
  /** Written by a later version. */
  readonly newer: boolean
  /** Throws an `ImportFailure` once the connection is closed. */
  use(): IDBDatabase
  close(): void
}

/**
 * Opens the database, and creates it if there is none. Throws an `ImportFailure`: `storage-damaged` if the marker says
 * that there was one, or if it lacks an object store; `storage-foreign` if it is something else; `storage-busy` if
 * another tab holds it up. Throws a `DOMException` if the browser cannot open it.
 */
export const openDatabase = async (name: string, marker: Marker): Promise<Connection> => {
  let newer = false
  const db = await opened(name, SCHEMA_VERSION, marker).catch((error: unknown) => {
    if (!(error instanceof DOMException) || error.name !== 'VersionError') throw error
    newer = true
    return opened(name, undefined, marker)
  })
  try {
    checkStores(db)
  } catch (error) {
    db.close()
    throw error
  }
  return connected(db, newer)
}

/**
 * Deletes the database, if there is one. Throws an `ImportFailure` `storage-busy` if a tab does not close it (the browser
 * then deletes it once it is closed), or a `DOMException`.
 */
export const deleteDatabase = async (name: string): Promise<void> => {
  await inTime(requested(indexedDB.deleteDatabase(name)), () => undefined)
}

const opened = async (name: string, version: number | undefined, marker: Marker): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, version)
  let refusal: ImportFailure | null = null
  request.onupgradeneeded = ({ oldVersion }) => {
    const { result: db, transaction } = request
    if (oldVersion > 0 || transaction === null) return
    if (marker.read() === null) {
      createStores(db)
      writeFirstMeta(transaction.objectStore('meta'), newIdentity())
    } else {
      // Nothing is created, so that the next opening finds the same.
      refusal = new ImportFailure('storage-damaged', {}, new Error('The database is gone.'))
      transaction.abort()
    }
  }
  const result = new Promise<IDBDatabase>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(refusal ?? errorOf(request))
  })
  return inTime(result, (db) => db.close())
}

const errorOf = ({ error }: IDBRequest): Error => error ?? new Error('The database cannot be opened.')

/**
 * Other tabs close their connections when they hear of an upgrade or a deletion. One that is frozen does not, and all
 * later requests wait for it, without an event.
 *
 * @param drop called with a result that comes too late
 */
const inTime = async <T>(result: Promise<T>, drop: (late: T) => void): Promise<T> => {
  try {
    return await withTimeout(PATIENCE_MS, null, () => result)
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'TimeoutError') throw error
    result.then(drop, () => undefined)
    throw new ImportFailure('storage-busy', {}, error)
  }
}

const checkStores = (db: IDBDatabase): void => {
  const found = STORES.filter((store) => db.objectStoreNames.contains(store))
  if (found.length < STORES.length)
    throw new ImportFailure(found.length === 0 ? 'storage-foreign' : 'storage-damaged')
}

const connected = (db: IDBDatabase, newer: boolean): Connection => {
  let ended: ImportFailure | null = null
  const end = (failure: ImportFailure): void => {
    ended ??= failure
    db.close()
  }
  // Otherwise an upgrade in another tab would wait for this one for ever.
  db.onversionchange = ({ newVersion }) =>
    end(new ImportFailure(newVersion === null ? 'storage-replaced' : 'storage-unavailable'))
  // The browser has removed the database, for example because the person cleared the data of this site.
  db.onclose = () => end(new ImportFailure('storage-replaced'))
  return {
    newer,
    use: () => {
      if (ended) throw new ImportFailure(ended.code, {}, ended)
      return db
    },
    close: () => end(new ImportFailure('storage-unavailable', {}, new Error('The store is closed.'))),
  }
}
