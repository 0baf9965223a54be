import { fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { type Cell, columnIn, damaged, FILE_HEADER, readFileLayout, readTreePage } from './page-layout.ts'

/** A b-tree, and the column to overwrite in each row; null for none. */
export interface Tree {
  readonly root: number
  readonly wiped: (rowid: number) => number | null
}

const SPACE = 0x20
const LOCK_BYTE = 0x4000_0000

/**
 * Overwrites text columns (with blanks) and all unused bytes (free pages, gaps in pages, the ends of overflow pages)
 * in the file of a database, without needing any disk space. No length and no position changes, so the database is
 * intact before and after each written page, even if the process is killed meanwhile.
 *
 * `file` must contain the whole database (the WAL is empty), and no other process may write meanwhile. Throws
 * `SqliteError` (corrupt), or the file system's error.
 */
export const wipeInPlace = (file: string, trees: readonly Tree[]): void => {
  // Never closed: that would release the locks that SQLite holds on this file for this process (sqlite.org: How To
  // Corrupt An SQLite Database File, 2.2). One descriptor per sign-out on a full disk is acceptable.
  const descriptor = openSync(file, 'r+')
  const header = Buffer.alloc(FILE_HEADER)
  readSync(descriptor, header, 0, FILE_HEADER, 0)
  const { pageSize, usable, pages, firstTrunk } = readFileLayout(header, fstatSync(descriptor).size)
  const seen = new Set<number>()

  const edit = (number: number, change: (page: Buffer) => void): void => {
    if (number < 1 || number > pages || seen.has(number)) throw damaged()
    seen.add(number)
    const offset = (number - 1) * pageSize
    const page = Buffer.alloc(pageSize)
    readSync(descriptor, page, 0, pageSize, offset)
    const before = Buffer.from(page)
    change(page)
    if (!page.equals(before)) writeSync(descriptor, page, 0, pageSize, offset)
  }

  const wipeTree = (root: number, wiped: Tree['wiped']): void => {
    const below: number[] = []
    edit(root, (page) => {
      const { cells, rightChild, kept } = readTreePage(page, root === 1, usable)
      for (const cell of cells) {
        if (cell.child !== null) below.push(cell.child)
        wipeRecord(page, cell, cell.child === null ? wiped(cell.rowid) : null)
      }
      if (rightChild !== null) below.push(rightChild)
      const used = [...kept, ...cells.map(({ start, end }) => [start, end] as const)]
      clearBetween(page, used, usable)
    })
    for (const page of below) wipeTree(page, wiped)
  }

  const wipeRecord = (page: Buffer, { record, end }: Cell, column: number | null): void => {
    if (record === null) return
    const { start, size, overflow } = record
    const local = overflow === null ? size : end - 4 - start
    const [from, to] = column === null ? [0, 0] : columnIn(page.subarray(start), column)
    page.fill(SPACE, start + Math.min(from, local), start + Math.min(to, local))
    let next = overflow ?? 0
    for (let done = local; next !== 0;) {
      const held = Math.min(size - done, usable - 4)
      const place = (at: number) => 4 + Math.max(0, Math.min(at - done, held))
      edit(next, (part) => {
        next = part.readUInt32BE(0)
        part.fill(SPACE, place(from), place(to))
        part.fill(0, 4 + held, usable)
      })
      done += held
    }
  }

  const wipeFreePages = (): void => {
    for (let trunk = firstTrunk; trunk !== 0;) {
      let leaves: readonly number[] = []
      edit(trunk, (page) => {
        trunk = page.readUInt32BE(0)
        const count = page.readUInt32BE(4)
        if (8 + 4 * count > usable) throw damaged()
        leaves = Array.from({ length: count }, (_, index) => page.readUInt32BE(8 + 4 * index))
        page.fill(0, 8 + 4 * count, usable)
      })
      for (const leaf of leaves) edit(leaf, (page) => page.fill(0))
    }
  }

  for (const { root, wiped } of trees) wipeTree(root, wiped)
  wipeFreePages()
  fsyncSync(descriptor)
  // A page that was not reached may have any content, except the lock page, which SQLite never uses.
  const lockPage = Math.floor(LOCK_BYTE / pageSize) + 1
  if (seen.size !== (pages >= lockPage ? pages - 1 : pages)) throw damaged()
}

const clearBetween = (page: Buffer, used: readonly (readonly [number, number])[], end: number): void => {
  let done = 0
  for (const [from, to] of [...used].sort(([a], [b]) => a - b)) {
    if (from > done) page.fill(0, done, from)
    done = Math.max(done, to)
  }
  page.fill(0, done, end)
}
