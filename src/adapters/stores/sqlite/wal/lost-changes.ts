import type { SqliteDriver } from '../driver/driver.ts'
import { isFull } from '../file/storage-failure.ts'
import { lastPosition } from '../log/append.ts'
import { byteColumns, textOf } from '../log/columns.ts'

/** The changes that the store lost through damage, as far as that is known. */
export interface LostChanges {
  /** Position of the last event that was left when the loss was found; null if no loss is known. */
  readonly after: number | null
  /** Call it before each write: notes the loss durably, because a write soon overwrites what shows it. */
  note(): void
}

/** @param isFound whether the WAL was found damaged before this connection opened it; else the earlier note counts */
export const lostChanges = (db: SqliteDriver, isFound: boolean): LostChanges => {
  const after = isFound ? lastPosition(db) : notedIn(db)
  let isNoted = !isFound
  return {
    after,
    note: () => {
      if (isNoted) return
      try {
        db.run("INSERT OR REPLACE INTO meta VALUES ('lost', ?)", [String(after)])
      } catch (error) {
        // A sign-out must work on a full disk, too.
        if (!isFull(error)) throw error
      }
      isNoted = true
    },
  }
}

const notedIn = (db: SqliteDriver): number | null => {
  const row = db.all(`SELECT ${byteColumns('value')} FROM meta WHERE name = 'lost'`)[0]
  if (!row) return null
  const [noted, last] = [Number(textOf(row['value'])), lastPosition(db)]
  // The note has no checksum. A damaged note must not apply to later events.
  return Number.isInteger(noted) ? Math.min(noted, last) : last
}
