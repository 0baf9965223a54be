import { ImportFailure } from '../../../domain/failures.ts'
import type { EventStore, StoredEvent } from '../../../ports/event-store.ts'
import type { SqliteDriver } from './driver/driver.ts'
import { emptyWal, whenFree, withoutWaiting } from './driver/when-free.ts'
import { erase } from './erase/erase.ts'
import type { OpenedFile } from './file/opened-file.ts'
import type { StoreIdentity } from './file/schema.ts'
import { translated, translatedLater } from './file/storage-failure.ts'
import { append } from './log/append.ts'
import { readChunk } from './log/read.ts'
import { loadView, saveView } from './log/views.ts'
import { watch } from './log/watch.ts'
import type { LostChanges } from './wal/lost-changes.ts'

/**
 * Implements the port on an open database that is known to be a store.
 *
 * @param unwritable the failure that every write throws
 */
export const createEventStore = (
  db: SqliteDriver,
  file: OpenedFile,
  { key, newer, plain }: StoreIdentity,
  lost: LostChanges,
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
    usable()
    file.check()
    lost.note()
    return db
  }
  return {
    key,
    newer,
    plain,
    location: file.location,
    changesLostAfter: lost.after,
    append: async (expected, events, drop = []) =>
      translated(() => {
        const last = append(writable(), expected, events, drop)
        // A commit to a file that is no longer there must not be reported as done.
        file.check()
        return last
      }),
    async *read(from, { payloads }): AsyncGenerator<StoredEvent> {
      let next: number | undefined
      for (let last = from, done = false; !done;) {
        const chunk = translated(() => readChunk(usable(), last, payloads, next))
        yield* chunk.events
        ;({ last, done, next } = chunk)
      }
      // Others may have appended to a file that is no longer there.
      translated(() => file.check())
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
      translatedLater(async () => {
        await erase(writable(), stream, tombstone)
        file.check()
      }),
    consolidate: () => translatedLater(() => whenFree(writable(), emptyWal)),
    close: async () => {
      if (closed) return
      closed = true
      for (const end of watches) end()
      if (!unwritable) tidy(db, lost)
      translated(() => db.close())
    },
  }
}

/** Moves everything into one file, unless another connection is using it. */
const tidy = (db: SqliteDriver, lost: LostChanges): void => {
  try {
    lost.note()
    withoutWaiting(db, emptyWal)
  } catch {
    // No data is lost: the next process that opens the store reads the WAL.
  }
}
