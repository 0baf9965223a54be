import type { SavedView } from '../../../ports/event-store.ts'
import { checksum, textChecksum } from './checksum.ts'
import { integerColumns, textColumns, textOf } from './columns.ts'
import { unlessCorrupt } from './driver.ts'
import type { SqliteDriver, SqlRow } from './driver.ts'

/**
 * One version of a view is kept. A view that has not seen the last erasure yet is not saved: it may hold
 * what was erased, put together by a process that has not heard of it.
 */
export const saveView = (db: SqliteDriver, { name, version, position, data }: SavedView): void => {
  const text = JSON.stringify(data)
  db.run(
    `INSERT OR REPLACE INTO views
     SELECT ?, ?, ?, ?, ? WHERE ? >= (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'erased')`,
    [name, version, position, text, sumOf(name, version, position, text), position],
  )
}

/** The text by itself: put among the others, it would be copied once more, and it is the largest there is. */
const sumOf = (name: string, version: number, position: number, text: string): number =>
  checksum(name, version, position, textChecksum(text))

const COLUMNS = `${integerColumns('position', 'sum')}, ${textColumns('data')}`

const SELECT = `SELECT ${COLUMNS} FROM views WHERE name = ? AND version = ?`

/** A damaged view is not found: it is only a cache, and what it is made of is checked as well. */
export const loadView = (db: SqliteDriver, name: string, version: number): SavedView | null => {
  const row = unlessCorrupt(
    () => db.all(SELECT, [name, version])[0],
    () => undefined,
  )
  if (row === undefined) return null
  const position = Number(row['position'])
  const text = textOf(row['data']) ?? ''
  if (sumOf(name, version, position, text) !== row['sum']) return null
  return { name, version, position, data: JSON.parse(text) as unknown }
}

const ALL = `SELECT ${textColumns('name')}, ${integerColumns('version')}, ${COLUMNS} FROM views`

/** How many of the saved views are not what was saved. */
export const damagedViews = (db: SqliteDriver): number =>
  unlessCorrupt(
    () => {
      const isWhole = ({ name, version, position, data, sum }: SqlRow): boolean =>
        sumOf(textOf(name) ?? '', Number(version), Number(position), textOf(data) ?? '') === sum
      return db.all(ALL).filter((row) => !isWhole(row)).length
    },
    () => 1,
  )
