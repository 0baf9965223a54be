import type { Source } from '../../../../domain/source.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { withoutOverwriting } from '../driver/overwriting.ts'
import { transaction } from '../driver/transaction.ts'
import { emptyWal, whenFree } from '../driver/when-free.ts'
import { isFull } from '../file/storage-failure.ts'
import { eraseInPlace } from './erase-in-place.ts'
import { emptyPayloads, leaveTombstone } from './erased-rows.ts'

/**
 * Erases a stream except for its tombstone, and every byte of its payloads in all files. Deleting rows is not enough,
 * even if overwritten with zeros: the WAL keeps earlier versions of pages, and pages keep remnants of rows that moved.
 * So VACUUM rewrites the database, and the WAL is emptied. Payloads are deleted first, so that VACUUM needs disk space
 * only for the rest; if there is not enough for that either, the database is wiped in place.
 *
 * Envelopes are deleted last: as long as they exist, the next process that opens the store sees that the erasure was
 * interrupted, and repeats it.
 */
export const erase = async (
  db: SqliteDriver,
  file: string,
  stream: Source,
  tombstone: number,
): Promise<void> => {
  try {
    withoutOverwriting(db, () => transaction(db, () => emptyPayloads(db, stream, tombstone)))
    await whenFree(db, () => db.exec('VACUUM'))
    await whenFree(db, emptyWal)
    transaction(db, () => leaveTombstone(db, stream, tombstone))
    await whenFree(db, emptyWal)
  } catch (error) {
    if (!isFull(error)) throw error
    await eraseInPlace(db, file, stream, tombstone)
  }
}
