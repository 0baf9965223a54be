import { type FailureCode, ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import type { EventStore } from '../../../../ports/event-store.ts'
import { realPath } from '../../../files/real-path.ts'
import { type SqliteDriver, unlessCorrupt } from '../driver/driver.ts'
import type { DriverName } from '../driver/open-driver.ts'
import { createEventStore } from '../event-store.ts'
import { refuseDevices } from '../file/safe-files.ts'
import { identifyMade, refuseSeeminglyEmpty, schemaVersion } from '../file/schema.ts'
import { translatedLater } from '../file/storage-failure.ts'
import { hasStoreSignature } from '../file/store-signature.ts'
import { damagedViews } from '../log/views.ts'
import { isWalDamaged } from '../wal/is-wal-damaged.ts'
import { lostChanges } from '../wal/lost-changes.ts'
import { openUntouched } from './open-untouched.ts'

/** The result of examining a store's file. */
export interface FileExamination<T> {
  /** Why it could not be opened; null if it could. */
  readonly failure: FailureCode | null
  /** Version of the schema of the file; null if it could not be read. */
  readonly schema: number | null
  /** Whether SQLite finds all pages, tables and indexes intact. */
  readonly isSound: boolean
  readonly damagedViews: number
  /** The result of `examineLog`; null if the log could not be read. */
  readonly log: T | null
}

/**
 * Examines a file that may be a store in use, a damaged store or no store, without changing a byte of it or of the
 * files next to it. `examineLog` gets the log, read-only. Not for a process that has the store open.
 */
export const examineFile = async <T>(
  file: string,
  examineLog: (store: EventStore) => Promise<T>,
  { driver }: { readonly driver?: DriverName } = {},
): Promise<FileExamination<T>> => {
  let location = file
  try {
    return await translatedLater(async () => {
      location = realPath(file)
      refuseDevices(location)
      refuseSeeminglyEmpty(location)
      const isDamaged = isWalDamaged(location)
      const { db, close } = await openUntouched(location, driver)
      try {
        const identity = identifyMade(db)
        const [lost, readOnly] = [lostChanges(db, isDamaged), new ImportFailure('storage-read-only')]
        const store = createEventStore(db, { location, check: () => undefined }, identity, lost, readOnly)
        const log = await examineLog(store)
        return {
          failure: null,
          schema: schemaVersion(db),
          isSound: isSound(db),
          damagedViews: damagedViews(db),
          log,
        }
      } finally {
        close()
      }
    })
  } catch (error) {
    if (!isImportFailure(error)) throw error
    const isOurs = error.code === 'storage-foreign' && hasStoreSignature(location)
    const failure = isOurs ? 'storage-damaged' : error.code
    return { failure, schema: null, isSound: false, damagedViews: 0, log: null }
  }
}

const isSound = (db: SqliteDriver): boolean =>
  unlessCorrupt(
    () => db.all('PRAGMA integrity_check(1)')[0]?.['integrity_check'] === 'ok',
    () => false,
  )
