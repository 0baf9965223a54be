import type { Source } from '../../../../domain/source.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { withoutOverwriting } from '../driver/overwriting.ts'
import { transaction } from '../driver/transaction.ts'
import { emptyWal, whenFree } from '../driver/when-free.ts'
import { isFull } from '../file/storage-failure.ts'
import { eraseInPlace } from './erase-in-place.ts'
import { emptyPayloads, leaveTombstone } from './erased-rows.ts'

/**
 * Leaves of a stream its tombstone only, and no byte of a payload in any file. Deleting alone does not do
 * that, not even with zeros: the WAL keeps the pages as they were before, and pages keep remnants of rows
 * that moved. So the database is written anew, and the WAL emptied. The order suits a full disk: what
 * VACUUM leaves out need not be moved from the WAL into the database first. But what it leaves needs room
 * once more, until the WAL is emptied: where there is none, the database is wiped where it lies.
 *
 * Envelopes go when all that is done: as long as they stand, whoever opens the store sees an erasure that
 * was cut short, and repeats it.
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
