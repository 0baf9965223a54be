import type { Source } from '../../../../domain/source.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { withoutOverwriting } from '../driver/overwriting.ts'
import { transaction } from '../driver/transaction.ts'
import { emptyWal, whenFree } from '../driver/when-free.ts'
import { isFull } from '../file/storage-failure.ts'
import { emptyPayloads, leaveTombstone } from './erased-rows.ts'

/**
 * Deletes a stream except for its tombstone, and shrinks the file. Payloads are deleted first, so that VACUUM needs disk
 * space only for the rest; without that, the file keeps its size until the next erasure. What stays in unused pages is
 * encrypted with a key that is gone.
 *
 * Envelopes are deleted last: as long as they exist, the next process that opens the store sees that the erasure was
 * interrupted, and repeats it.
 */
export const erase = async (db: SqliteDriver, stream: Source, tombstone: number): Promise<void> => {
  withoutOverwriting(db, () => transaction(db, () => emptyPayloads(db, stream, tombstone)))
  await shrink(db)
  await whenFree(db, emptyWal)
  transaction(db, () => leaveTombstone(db, stream, tombstone))
  await whenFree(db, emptyWal)
}

const shrink = async (db: SqliteDriver): Promise<void> => {
  try {
    await whenFree(db, () => db.exec('VACUUM'))
  } catch (error) {
    if (!isFull(error)) throw error
  }
}
