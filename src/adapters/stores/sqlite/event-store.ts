import { ImportFailure } from '../../../domain/failures.ts'
import type { EventStore, StoredEvent } from '../../../ports/event-store.ts'
import type { SqliteDriver } from './driver/driver.ts'
import { emptyWal, withoutWaiting } from './driver/when-free.ts'
import { erase } from './erase/erase.ts'
import type { StoreIdentity } from './file/schema.ts'
import { translated, translatedLater } from './file/storage-failure.ts'
import { append } from './log/append.ts'
import { readChunk } from './log/read.ts'
import { loadView, saveView } from './log/views.ts'
import { watch } from './log/watch.ts'

/**
 * Implements the port on an open database that is known to be a store.
 *
 * @param unwritable the failure that every write throws
 */
export const createEventStore = (
  db: SqliteDriver,
  location: string,
  { key, newer }: StoreIdentity,
  unwritable?: ImportFailure,
): EventStore => {
  const watches = new Set<() => void>()
  let closed = false
  const usable = (): SqliteDriver => {
    if (closed) throw new ImportFailure('storage-unavailable', {}, new Error('The store is closed.'))
    return db
  }
  const writable = (): SqliteDriver => {
    if (unwritable) throw new ImportFailure(unwritable.code, {}, unwritable.cause)
    return usable()
  }
  return {
    key,
    newer,
    location,
    append: async (expected, events, drop = []) =>
      translated(() => append(writable(), expected, events, drop)),
    async *read(from, { payloads }): AsyncGenerator<StoredEvent> {
      let next: number | undefined
      for (let last = from, done = false; !done;) {
        const chunk = translated(() => readChunk(usable(), last, payloads, next))
        yield* chunk.events
        ;({ last, done, next } = chunk)
      }
    },
    watch: (listener) => {
      const end = translated(() => watch(usable(), listener))
      watches.add(end)
      return () => {
        end()
        watches.delete(end)
      }
    },
    saveView: async (view) => translatedLater(() => saveView(writable, view)),
    loadView: async (name, version) => translated(() => loadView(usable(), name, version)),
    erase: async (stream, tombstone) =>
      translatedLater(async () => erase(writable(), location, stream, tombstone)),
    close: async () => {
      if (closed) return
      closed = true
      for (const end of watches) end()
      if (!unwritable) tidy(db)
      translated(() => db.close())
    },
  }
}

/** Moves everything into one file, unless another connection is using it. */
const tidy = (db: SqliteDriver): void => {
  try {
    withoutWaiting(db, emptyWal)
  } catch {
    // No data is lost: the next process that opens the store reads the WAL.
  }
}
