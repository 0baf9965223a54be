import type { SavedView } from '../../../ports/event-store.ts'
import { checksum } from './checksum.ts'
import type { SqliteDriver } from './driver.ts'

/**
 * One version of a view is kept. A view that has not seen the last erasure yet is not saved: it may hold
 * what was erased, put together by a process that has not heard of it.
 */
export const saveView = (db: SqliteDriver, { name, version, position, data }: SavedView): void => {
  const text = JSON.stringify(data)
  db.run(
    `INSERT OR REPLACE INTO views
     SELECT ?, ?, ?, ?, ? WHERE ? >= (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'erased')`,
    [name, version, position, text, checksum(name, version, position, text), position],
  )
}

/** A damaged view is not found: it is only a cache, and what it is made of is checked as well. */
export const loadView = (db: SqliteDriver, name: string, version: number): SavedView | null => {
  const row = db.all('SELECT position, data, sum FROM views WHERE name = ? AND version = ?', [
    name,
    version,
  ])[0]
  if (typeof row?.['position'] !== 'number' || typeof row['data'] !== 'string') return null
  const { position, data: text, sum } = row
  if (checksum(name, version, position, text) !== sum) return null
  return { name, version, position, data: JSON.parse(text) as unknown }
}
