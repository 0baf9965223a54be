import { yieldToEventLoop } from '../../../../async/yield-to-event-loop.ts'
import type { LoadedView, SavedView } from '../../../../ports/event-store.ts'
import { type SqliteDriver, type SqlRow, unlessCorrupt } from '../driver/driver.ts'
import { bytesChecksum, checksum } from './checksum.ts'
import { byteColumns, bytesOf, integerColumns, textOf } from './columns.ts'

/** The content of a view's row; each part has a row of its own. */
interface Head {
  readonly data: unknown
  /**
   * Which of two sets has the parts. The next view uses the other set, so that this one stays until the next is
   * complete.
   */
  readonly set: 0 | 1
  /** The checksums of the parts, so that parts of different views are never combined. */
  readonly parts: readonly number[]
}

/**
 * Replaces any earlier version of the view. A view from before the last erasure is not saved: it may contain erased
 * contacts, from a process that does not know of the erasure yet. `use` returns the database while it may be written,
 * or throws: other work, even an erasure, runs between two parts.
 */
export const saveView = async (use: () => SqliteDriver, view: SavedView): Promise<void> => {
  const { name, data, parts = [] } = view
  const before = setOf(use(), name)
  const set = before === 0 ? 1 : 0
  await removeParts(use, name, set)
  const sums: number[] = []
  for await (const part of parts) {
    sums.push(put(use(), partName(name, set, sums.length), view, part))
    await yieldToEventLoop()
  }
  put(use(), name, view, Buffer.from(JSON.stringify({ data, set, parts: sums } satisfies Head)))
  await removeParts(use, name, before)
}

const partName = (name: string, set: Head['set'], index: number | ''): string => `${name}/${set}/${index}`

/** Which set has the parts of the current view, of any version. */
const setOf = (db: SqliteDriver, name: string): Head['set'] => {
  const row = db.all(`SELECT ${COLUMNS} FROM views WHERE name = ?`, [name])[0]
  try {
    return (JSON.parse(textOf(row?.['data']) ?? '') as Head).set === 1 ? 1 : 0
  } catch {
    return 0
  }
}

/** Removes a few rows at a time: deleting overwrites them, which takes as long as writing them. */
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
  bytes: Uint8Array,
): number => {
  const sum = sumOf(name, version, position, bytes)
  db.run(
    `INSERT OR REPLACE INTO views
     SELECT ?, ?, ?, ?, ? WHERE ? >= (SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'erased')`,
    [name, version, position, bytes, sum, position],
  )
  return sum
}

const sumOf = (name: string, version: number, position: number, bytes: Uint8Array): number =>
  checksum(name, version, position, bytesChecksum(bytes))

const COLUMNS = `${integerColumns('position', 'sum')}, ${byteColumns('data')}`

const SELECT = `SELECT ${COLUMNS} FROM views WHERE name = ? AND version = ?`

/** A damaged view counts as not found: it is a cache, and the events behind it have checksums of their own. */
export const loadView = (db: SqliteDriver, name: string, version: number): LoadedView | null => {
  const head = load(db, name, version)
  if (head === null) return null
  const { data, set, parts: sums } = JSON.parse(head.bytes.toString()) as Head
  const parts = sums.map((sum, index) => load(db, partName(name, set, index), version, sum))
  if (!parts.every((part) => part !== null)) return null
  return {
    name,
    version,
    position: head.position,
    data,
    parts: parts.map(({ bytes }) => bytes),
  }
}

/** @param sum the expected checksum, if the head of the view has it */
const load = (db: SqliteDriver, name: string, version: number, sum?: number) => {
  const row = unlessCorrupt(
    () => db.all(SELECT, [name, version])[0],
    () => undefined,
  )
  const bytes = bytesOf(row?.['data'])
  if (row === undefined || bytes === null) return null
  const position = Number(row['position'])
  if (sumOf(name, version, position, bytes) !== (sum ?? row['sum'])) return null
  return { position, bytes }
}

const ALL = `SELECT ${byteColumns('name')}, ${integerColumns('version')}, ${COLUMNS} FROM views`

/** The number of damaged views and parts. */
export const damagedViews = (db: SqliteDriver): number =>
  unlessCorrupt(
    () => {
      const isWhole = ({ name, version, position, data, sum }: SqlRow): boolean =>
        sumOf(textOf(name) ?? '', Number(version), Number(position), bytesOf(data) ?? Buffer.of()) === sum
      return db.all(ALL).filter((row) => !isWhole(row)).length
    },
    () => 1,
  )
