import { SQLITE, SqliteError } from '../driver/driver.ts'

/**
 * The part of SQLite's file format that distinguishes used from unused bytes of a page (sqlite.org: Database File
 * Format, 1.3 to 1.6 and 2.1).
 */
export interface FileLayout {
  readonly pageSize: number
  /** Bytes of a page that SQLite uses. */
  readonly usable: number
  readonly pages: number
  readonly firstTrunk: number
}

/** A cell of a b-tree page. Positions are offsets in the page. */
export interface Cell {
  readonly start: number
  readonly end: number
  /** The page below, in an interior page. */
  readonly child: number | null
  readonly rowid: number
  /** Its record, which may continue on overflow pages; null in an interior page of a table. */
  readonly record: { readonly start: number; readonly size: number; readonly overflow: number | null } | null
}

export interface TreePage {
  readonly cells: readonly Cell[]
  readonly rightChild: number | null
  /** Ranges, from and to, that must be kept besides the cells. */
  readonly kept: readonly (readonly [number, number])[]
}

export const FILE_HEADER = 100

/** The error for a page with a layout that SQLite does not produce. */
export const damaged = (): SqliteError => new SqliteError(SQLITE.CORRUPT)

export const readFileLayout = (header: Buffer, bytes: number): FileLayout => {
  const size = header.readUInt16BE(16)
  const pageSize = size === 1 ? 65_536 : size
  if (pageSize < 512 || bytes % pageSize !== 0) throw damaged()
  const pages = bytes / pageSize
  return { pageSize, usable: pageSize - header.readUInt8(20), pages, firstTrunk: header.readUInt32BE(32) }
}

const INTERIOR_INDEX = 2
const INTERIOR_TABLE = 5
const LEAF_INDEX = 10
const LEAF_TABLE = 13

export const readTreePage = (page: Buffer, isFirst: boolean, usable: number): TreePage => {
  const header = isFirst ? FILE_HEADER : 0
  const kind = page.readUInt8(header)
  if (![INTERIOR_INDEX, INTERIOR_TABLE, LEAF_INDEX, LEAF_TABLE].includes(kind)) throw damaged()
  const isInterior = kind === INTERIOR_INDEX || kind === INTERIOR_TABLE
  const pointers = header + (isInterior ? 12 : 8)
  const count = page.readUInt16BE(header + 3)
  const places = Array.from({ length: count }, (_, index) => page.readUInt16BE(pointers + 2 * index))
  return {
    cells: places.map((start) => readCell(page, start, kind, usable)),
    rightChild: isInterior ? page.readUInt32BE(header + 8) : null,
    kept: [[0, pointers + 2 * count], ...freeBlocks(page, page.readUInt16BE(header + 1), usable)],
  }
}

const readCell = (page: Buffer, start: number, kind: number, usable: number): Cell => {
  const isTable = kind === LEAF_TABLE || kind === INTERIOR_TABLE
  const isInterior = kind === INTERIOR_INDEX || kind === INTERIOR_TABLE
  const child = isInterior ? page.readUInt32BE(start) : null
  let at = start + (isInterior ? 4 : 0)
  const next = (): number => {
    const { value, end } = readVarint(page, at)
    at = end
    return value
  }
  const size = kind === INTERIOR_TABLE ? 0 : next()
  const rowid = isTable ? next() : 0
  const local = localSize(size, isTable, usable)
  const isWhole = local === size
  // A cell takes at least four bytes, the size of a free block's header.
  const end = Math.max(at + local + (isWhole ? 0 : 4), start + 4)
  if (end > usable) throw damaged()
  const overflow = isWhole ? null : page.readUInt32BE(at + local)
  return { start, end, child, rowid, record: kind === INTERIOR_TABLE ? null : { start: at, size, overflow } }
}

/** How many bytes of a record are in its cell. */
const localSize = (size: number, isTable: boolean, usable: number): number => {
  const most = isTable ? usable - 35 : Math.floor(((usable - 12) * 64) / 255) - 23
  if (size <= most) return size
  const least = Math.floor(((usable - 12) * 32) / 255) - 23
  const rest = least + ((size - least) % (usable - 4))
  return rest <= most ? rest : least
}

/** SQLite reads the first four bytes of a free block: the position of the next block, and its own size. */
const freeBlocks = (page: Buffer, first: number, usable: number): readonly (readonly [number, number])[] => {
  const blocks: (readonly [number, number])[] = []
  for (let at = first; at !== 0; at = page.readUInt16BE(at)) {
    // They are in ascending order.
    if (at + 4 > usable || at <= (blocks.at(-1)?.[0] ?? 0)) throw damaged()
    blocks.push([at, at + 4])
  }
  return blocks
}

const readVarint = (bytes: Buffer, start: number): { value: number; end: number } => {
  let value = 0
  for (let index = 0; index < 8; index++) {
    const byte = bytes.readUInt8(start + index)
    value = value * 128 + (byte & 0x7f)
    if (byte < 0x80) return { value, end: start + index + 1 }
  }
  return { value: value * 256 + bytes.readUInt8(start + 8), end: start + 9 }
}

/** Bytes of a value of a serial type (sqlite.org: Database File Format, 2.1). */
const sizeOfType = (type: number): number => {
  if (type >= 12) return Math.floor((type - 12) / 2)
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0][type] ?? 0
}

/** The range of a column in a record, from and to. `record` is at least the start of the record. */
export const columnIn = (record: Buffer, column: number): readonly [number, number] => {
  const { value: headerSize, end } = readVarint(record, 0)
  let type = end
  let from = headerSize
  for (let index = 0; type < headerSize; index++) {
    const { value, end } = readVarint(record, type)
    const to = from + sizeOfType(value)
    if (index === column) return [from, to]
    type = end
    from = to
  }
  throw damaged()
}
