import { ImportFailure } from '../../../domain/failures.ts'
import type { EventStore, StoredEvent } from '../../../ports/event-store.ts'
import { append } from './log/append.ts'
import { erase } from './log/erase.ts'
import { readChunk } from './log/read.ts'
import { loadView, saveView } from './log/views.ts'
import { announcements } from './log/watch.ts'
import type { Losses } from './losses.ts'
import { lastPosition, type StoreIdentity } from './meta.ts'
import type { Connection } from './open-database.ts'
import { translated } from './storage-failure.ts'
import { transact } from './transaction.ts'

/** Implements the port on an open database that is known to be a store. */
export const createEventStore = (
  name: string,
  connection: Connection,
  { key }: StoreIdentity,
  losses: Losses,
): EventStore => {
  const others = announcements(`device-contacts/${name}`)
  const { newer } = connection
  const usable = (): IDBDatabase => connection.use()
  const writable = (): IDBDatabase => {
    const db = usable()
    if (newer) throw new ImportFailure('storage-read-only')
    return db
  }
  const readLast = async (db: IDBDatabase): Promise<number> =>
    transact(db, ['meta'], 'read', (store) => lastPosition(store('meta')))
  /** A connection that was taken away explains every failure that follows. */
  const work = async <T>(begin: () => Promise<T>): Promise<T> =>
    translated(begin).catch((error: unknown) => {
      usable()
      throw error
    })
  return {
    key,
    newer,
    plain: false,
    location: name,
    changesLostAfter: losses.after,
    append: async (expected, events, drop = []) =>
      work(async () => {
        const last = await append(writable(), expected, events, drop, losses)
        losses.appended(last)
        if (events.length > 0) others.announce(last)
        return last
      }),
    async *read(from, { payloads }): AsyncGenerator<StoredEvent> {
      let next: number | undefined
      for (let last = from, done = false; !done;) {
        const chunk = await work(async () => readChunk(usable(), last, payloads, next))
        yield* chunk.events
        ;({ last, done, next } = chunk)
      }
    },
    watch: (listener) => others.watch(readLast(usable()), listener),
    saveView: async (view) => work(async () => saveView(writable, view)),
    loadView: async (name, version) => work(async () => loadView(usable(), name, version)),
    erase: async (stream, tombstone) =>
      work(async () => {
        await erase(writable(), stream, tombstone)
        await losses.erased(usable())
      }),
    close: async () => {
      others.close()
      connection.close()
    },
  }
}
