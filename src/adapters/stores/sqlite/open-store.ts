import { type FailureCode, ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { EventStore } from '../../../ports/event-store.ts'
import { identityOf } from '../../files/file-identity.ts'
import { realPath } from '../../files/real-path.ts'
import { isSqliteError, SQLITE, type SqliteDriver } from './driver/driver.ts'
import { type DriverName, makeDatabaseFile, openDriver, openImmutableDriver } from './driver/open-driver.ts'
import { OVERWRITE_DELETED } from './driver/overwriting.ts'
import { BUSY_TIMEOUT_MS, whenFree } from './driver/when-free.ts'
import { createEventStore } from './event-store.ts'
import { takeOverSchema1 } from './file/earlier-schema.ts'
import { openedFile } from './file/opened-file.ts'
import { refuseUnsafe } from './file/safe-files.ts'
import { identify, identifyMade, refuseSeeminglyEmpty, sizeOf, type StoreIdentity } from './file/schema.ts'
import { translatedLater } from './file/storage-failure.ts'
import { hasStoreSignature } from './file/store-signature.ts'
import { isWalDamaged } from './wal/is-wal-damaged.ts'
import { type LostChanges, lostChanges } from './wal/lost-changes.ts'

export interface SqliteStoreOptions {
  /** Which SQLite to use. Default: the runtime's own, else libsql. */
  readonly driver?: DriverName
}

/**
 * Opens the store in one SQLite file (with `-wal` and `-shm` next to it), and creates it if there is none.
 *
 * If nothing can be written (a read-only folder, a full disk), a store that was closed properly can still be read;
 * every write then fails with the same code.
 *
 * Throws an `ImportFailure`: `storage-foreign` if the file is something else, `storage-damaged` if it is a damaged
 * store, `storage-untrusted` and `storage-linked` as `refuseUnsafe` does, `storage-unavailable` or a similar code if it
 * cannot be opened. The file is not touched then. Once `file` leads to another file or to none, everything but closing
 * throws `storage-replaced`.
 */
export const openSqliteStore = async (
  file: string,
  { driver }: SqliteStoreOptions = {},
): Promise<EventStore> => {
  const location = realPath(file)
  try {
    return await translatedLater(async () => {
      refuseUnsafe(location)
      refuseSeeminglyEmpty(location)
      const isDamaged = isWalDamaged(location)
      makeDatabaseFile(location)
      const before = identityOf(location)
      const db = await openDriver(location, driver)
      return openedOver(db, async () => {
        const opened = openedFile(file, location, before)
        const { identity, lost } = await prepare(db, location, { driver, isDamaged })
        // Now SQLite has also opened what was beside it.
        refuseUnsafe(location)
        return createEventStore(db, opened, identity, lost)
      })
    })
  } catch (error) {
    if (!isImportFailure(error)) throw error
    if (error.code === 'storage-foreign' && hasStoreSignature(location)) {
      throw new ImportFailure('storage-damaged', {}, error)
    }
    return (await openUnwritable(file, location, driver, error)) ?? Promise.reject(error)
  }
}

const writeFailures: readonly FailureCode[] = ['storage-read-only', 'storage-full', 'storage-unavailable']

const openUnwritable = async (
  file: string,
  location: string,
  driver: DriverName | undefined,
  why: ImportFailure,
): Promise<EventStore | null> => {
  // While another process is writing, the file may have only half of its changes.
  if (isSqliteError(why.cause, SQLITE.BUSY) || !writeFailures.includes(why.code)) return null
  try {
    if (sizeOf(`${location}-wal`) > 0) return null
    const before = identityOf(location)
    const db = await openImmutableDriver(location, driver)
    return await openedOver(db, async () => {
      const opened = openedFile(file, location, before)
      return createEventStore(db, opened, identifyMade(db), lostChanges(db, false), why)
    })
  } catch {
    return null
  }
}

const openedOver = async (db: SqliteDriver, open: () => Promise<EventStore>): Promise<EventStore> => {
  try {
    return await open()
  } catch (error) {
    db.close()
    throw error
  }
}

/** An import of 10,000 contacts stays below this: checkpoints during the import would cost a third of its speed. */
const WAL_PAGES = 6_000

interface Prepared {
  readonly identity: StoreIdentity
  readonly lost: LostChanges
}

const prepare = async (
  db: SqliteDriver,
  location: string,
  { driver, isDamaged }: { readonly driver: DriverName | undefined; readonly isDamaged: boolean },
): Promise<Prepared> => {
  db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA synchronous = FULL; ${OVERWRITE_DELETED};
    PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = ${WAL_PAGES}`)
  const identity = identify(db, location)
  const lost = lostChanges(db, isDamaged)
  if (identity.newer) {
    db.exec('PRAGMA query_only = ON')
    return { identity, lost }
  }
  await whenFree(db, () => db.exec('PRAGMA journal_mode = WAL'))
  await takeOverSchema1(db, location, { driver, beforeWriting: () => lost.note() })
  return { identity: { ...identity, plain: false }, lost }
}
