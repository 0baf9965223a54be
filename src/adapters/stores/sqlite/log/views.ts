import { yieldToEventLoop } from '../../../../async/yield-to-event-loop.ts'
import type { LoadedView, SavedView } from '../../../../ports/event-store.ts'
import { type SqliteDriver, type SqlRow, unlessCorrupt } from '../driver/driver.ts'
import { checksum, textChecksum } from './checksum.ts'
import { bytesOf, integerColumns, textColumns, textOf } from './columns.ts'

/** What the row of a view holds; each part has a row beside it. */
interface Head {
  readonly data: unknown
  /** In which of two sets the parts are. The next ones go into the other: so this view stands until that one does. */
  readonly set: 0 | 1
  /** Their checksums: parts that do not belong together are never taken for a view. */
  readonly parts: readonly number[]
}

/**
 * One version of a view is kept. A view that has not seen the last erasure yet is not saved: it may hold
 * what was erased, put together by a process that has not heard of it. `use` gives the database as long as it
 * may be written: other work, an erasure as well, goes on between two parts.
 */
export const saveView = async (use: () => SqliteDriver, view: SavedView): Promise<void> => {
  const { name, data, parts = [] } = view
  const before = setOf(use(), name)
  const set = before === 0 ? 1 : 0
  await removeParts(use, name, set)
  const sums: number[] = []
  for (const part of parts) {
    sums.push(put(use(), partName(name, set, sums.length), view, JSON.stringify(part)))
    await yieldToEventLoop()
  }
  put(use(), name, view, JSON.stringify({ data, set, parts: sums } satisfies Head))
  await removeParts(use, name, before)
}

const partName = (name: string, set: Head['set'], index: number | ''): string => `${name}/${set}/${index}`

/** Where the parts of the view are that stands, of whichever version. */
const setOf = (db: SqliteDriver, name: string): Head['set'] => {
  const row = db.all(`SELECT ${COLUMNS} FROM views WHERE name = ?`, [name])[0]
  try {
    return (JSON.parse(textOf(row?.['data']) ?? '') as Head).set === 1 ? 1 : 0
  } catch {
    return 0
  }
}

/** A few rows at a time: what is deleted is overwritten, which takes as long as writing it did. */
const removeParts = async (use: () => SqliteDriver, name: string, set: Head['set']): Promise<void> => {
  const prefix = partName(name, set, '')
  const some = `SELECT name FROM views WHERE substr(name, 1, ${prefix.length}) = ? LIMIT 4`
  while (use().all(some, [prefix]).length > 0) {
    use().run(`DELETE FROM views WHERE name IN (${some})`, [prefix])
    await yieldToEventLoop()
  }
}

const put = (
  db: SqliteDriver,
  name: string,
  { version, position }: Pick<SavedView, 'version' | 'position'>,
  text: string,
): number => {
  const bytes = Buffer.from(text)
  const sum = sumOf(name, version, position, bytes)
  db.run(
    `INSERT OR REPLACE INTO views
     SELECT ?, ?, ?, CAST(? AS TEXT), ? WHERE ? >= (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'erased')`,
    [name, version, position, bytes, sum, position],
  )
  return sum
}

/** The text by itself: put among the others, it would be copied once more, and it is the largest there is. */
const sumOf = (name: string, version: number, position: number, text: Uint8Array): number =>
  checksum(name, version, position, textChecksum(text))

const COLUMNS = `${integerColumns('position', 'sum')}, ${textColumns('data')}`

const SELECT = `SELECT ${COLUMNS} FROM views WHERE name = ? AND version = ?`

/** A damaged view is not found: it is only a cache, and what it is made of is checked as well. */
export const loadView = (db: SqliteDriver, name: string, version: number): LoadedView | null => {
  const head = load(db, name, version)
  if (head === null) return null
  const { data, set, parts: sums } = JSON.parse(head.text()) as Head
  const parts = sums.map((sum, index) => load(db, partName(name, set, index), version, sum))
  if (!parts.every((part) => part !== null)) return null
  return {
    name,
    version,
    position: head.position,
    data,
    parts: parts.map(
      ({ text }) =>
        () =>
          JSON.parse(text()) as unknown,
    ),
  }
}

/** `sum`: what it must be, where that is known from elsewhere. */
const load = (db: SqliteDriver, name: string, version: number, sum?: number) => {
  const row = unlessCorrupt(
    () => db.all(SELECT, [name, version])[0],
    () => undefined,
  )
  const bytes = bytesOf(row?.['data'])
  if (row === undefined || bytes === null) return null
  const position = Number(row['position'])
  if (sumOf(name, version, position, bytes) !== (sum ?? row['sum'])) return null
  return { position, text: () => bytes.toString() }
}

const ALL = `SELECT ${textColumns('name')}, ${integerColumns('version')}, ${COLUMNS} FROM views`

/** How many of the saved views, or parts of them, are not what was saved. */
export const damagedViews = (db: SqliteDriver): number =>
  unlessCorrupt(
    () => {
      const isWhole = ({ name, version, position, data, sum }: SqlRow): boolean =>
        sumOf(textOf(name) ?? '', Number(version), Number(position), bytesOf(data) ?? Buffer.of()) === sum
      return db.all(ALL).filter((row) => !isWhole(row)).length
    },
    () => 1,
  )
