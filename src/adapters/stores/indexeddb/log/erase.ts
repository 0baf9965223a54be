import type { Source } from '../../../../domain/source.ts'
import { erasedPosition, putMeta } from '../meta.ts'
import { BY_STREAM } from '../schema.ts'
import { requested, transact } from '../transaction.ts'
import { dropPayload } from './append.ts'

/**
 * Deletes a stream except for its tombstone, and all saved views, in one transaction. Reads no value, so that damaged
 * ones are deleted as well.
 */
export const erase = (db: IDBDatabase, stream: Source, tombstone: number): Promise<void> =>
  transact(db, ['meta', 'events', 'payloads', 'dropped', 'views'], 'strict', async (store) => {
    await requested(store('views').clear())
    // See saveView: a tab that does not yet know of this erasure must not save erased contacts again.
    const erased = Math.max(await erasedPosition(store('meta')), tombstone)
    await putMeta(store('meta'), 'erased', erased)
    const positions = await requested(store('events').index(BY_STREAM).getAllKeys(stream))
    for (const position of positions.filter((position) => Number(position) < tombstone))
      for (const name of ['payloads', 'dropped', 'events'] as const)
        await requested(store(name).delete(position))
    if (positions.includes(tombstone)) await dropPayload(store, tombstone)
  })
