import type { Marker } from './marker.ts'
import { lastPosition, notedLoss, putMeta, type StoreIdentity } from './meta.ts'
import { requested, transact } from './transaction.ts'
import { sources } from '../../../domain/source.ts'
import { envelopeIn } from './log/envelope-text.ts'
import type { EventRecord } from './schema.ts'

/** The changes that the database lost, as far as that is known. */
export interface Losses {
  /** Position of the last event that was left when a loss was found; null if no loss is known. */
  readonly after: number | null
  /** Notes the loss in the transaction of an append, since the marker then follows the log again. */
  note(meta: IDBObjectStore): Promise<void>
  /** Call it after each append. */
  appended(last: number): void
  /** Call it after each erasure: without any account, there is nothing to lose. */
  erased(db: IDBDatabase): Promise<void>
}

/** Compares an open database with its marker, and renews the marker. */
export const findLosses = async (db: IDBDatabase, { id }: StoreIdentity, marker: Marker): Promise<Losses> => {
  const { last, noted, isEmpty } = await transact(db, ['meta', 'events'], 'read', async (store) => ({
    last: await lastPosition(store('meta')),
    noted: await notedLoss(store('meta')),
    isEmpty: await hasOnlyTombstones(store('events')),
  }))
  const marked = marker.read()
  const isFound = marked?.id === id && marked.last > last
  if (!isFound && isEmpty) marker.remove()
  else if (!isFound) marker.write({ id, last })

  let isNoted = !isFound
  return {
    after: isFound ? last : noted,
    note: async (meta) => {
      if (!isNoted) await putMeta(meta, 'lost', last)
    },
    appended: (position) => {
      isNoted = true
      marker.write({ id, last: position })
    },
    erased: async (db) => {
      if (await transact(db, ['events'], 'read', (store) => hasOnlyTombstones(store('events'))))
        marker.remove()
    },
  }
}

/** Whether no account is left: each stream has at most the tombstone of its last sign-out. */
const hasOnlyTombstones = async (events: IDBObjectStore): Promise<boolean> => {
  const first = (await requested(events.getAll(null, sources.length + 1))) as readonly EventRecord[]
  return first.length <= sources.length && first.every(isTombstone)
}

const isTombstone = (record: EventRecord): boolean => {
  try {
    return envelopeIn(record).type === 'account.signed-out'
  } catch {
    // Damaged: the account counts as there, and reading it throws.
    return false
  }
}
