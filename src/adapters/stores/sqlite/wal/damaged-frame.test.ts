import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import { test as it } from '../../../../../test/temp-folder.ts'
import type { SqliteDriver } from '../driver/driver.ts'
import { openDriver, sqliteDrivers } from '../driver/open-driver.ts'
import { emptyWal } from '../driver/when-free.ts'
import { findDamage, findLastingDamage } from './damaged-frame.ts'

const FRAME = 24 + 4096

const damageIn = (wal: Buffer): number | null =>
  findDamage((offset, length) => wal.subarray(offset, offset + length))

const flipped = (wal: Buffer, bit: number): Buffer => {
  const bytes = Buffer.from(wal)
  bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
  return bytes
}

/** Whether each frame of the current generation ends a transaction. */
const commits = (wal: Buffer): readonly boolean[] =>
  Array.from({ length: Math.floor((wal.length - 32) / FRAME) }, (_, index) => 32 + index * FRAME)
    .filter((at) => wal.subarray(at + 8, at + 16).equals(wal.subarray(16, 24)))
    .map((at) => wal.readUInt32BE(at + 4) !== 0)

describe.each(sqliteDrivers)('the WAL of %s', (driver) => {
  let file: string
  let db: SqliteDriver

  it.beforeEach(async ({ folder }) => {
    file = join(folder, 'contacts.db')
    db = await openDriver(file, driver)
    db.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE rows (text TEXT)')
    emptyWal(db)
  })

  it.afterEach(() => db.close())

  const walNow = (): Buffer => readFileSync(`${file}-wal`)
  const insert = (size: number, text = 'x') => db.run('INSERT INTO rows VALUES (?)', [text.repeat(size)])

  /** How many rows SQLite finds with this WAL, in a copy. */
  const rowsWith = async (wal: Buffer): Promise<number> => {
    const copy = `${file}.copy`
    copyFileSync(file, copy)
    writeFileSync(`${copy}-wal`, wal)
    const reader = await openDriver(copy, driver)
    const [row] = reader.all('SELECT count(*) AS found FROM rows')
    reader.close()
    return Number(row?.['found'])
  }

  it('is damaged wherever a bit of it is flipped', () => {
    for (const size of [10, 9_000, 300, 20_000, 10]) insert(size)
    const wal = walNow()
    expect(damageIn(wal)).toBeNull()
    const bits = fc.nat(wal.length * 8 - 1)
    const headers = fc
      .tuple(fc.nat(commits(wal).length - 1), fc.nat(24 * 8 - 1))
      .map(([frame, bit]) => (32 + frame * FRAME) * 8 + bit)
    fc.assert(
      fc.property(fc.oneof(bits, headers), (bit) => {
        expect(damageIn(flipped(wal, bit))).toBe(bit < 256 ? 0 : (bit >> 3) - (((bit >> 3) - 32) % FRAME))
      }),
      { numRuns: 1_000 },
    )
    for (let bit = 0; bit < 256; bit++) expect(damageIn(flipped(wal, bit))).toBe(0)
  })

  it('is damaged if a frame is missing or was written elsewhere', () => {
    for (const size of [10, 9_000, 300]) insert(size)
    const wal = walNow()
    const zeroed = Buffer.from(wal).fill(0, 32 + FRAME, 32 + 2 * FRAME)
    expect(damageIn(zeroed)).toBe(32 + FRAME)
    const doubled = Buffer.from(wal)
    wal.copy(doubled, 32 + FRAME, 32, 32 + FRAME)
    expect(damageIn(doubled)).toBe(32 + FRAME)
  })

  it('is damaged if the flipped bit is the mark of the last commit itself', () => {
    const lastMark = (wal: Buffer) => wal.readUInt32BE(wal.length - FRAME + 4)
    insert(5_000)
    while (Math.log2(lastMark(walNow())) % 1 !== 0) insert(5_000)
    const wal = walNow()
    const unmarked = Buffer.from(wal)
    unmarked.writeUInt32BE(0, wal.length - FRAME + 4)
    expect(damageIn(unmarked)).toBe(wal.length - FRAME)
  })

  it('is not damaged if another process wrote a frame just after it was read', () => {
    for (const size of [10, 300, 10]) insert(size)
    const wal = walNow()
    const unwritten = 32 + FRAME
    let reads = 0
    const read = (offset: number, length: number): Buffer => {
      const isTooEarly = offset === unwritten && reads++ === 0
      return isTooEarly ? Buffer.alloc(length) : wal.subarray(offset, offset + length)
    }
    expect(findDamage(read)).toBe(unwritten)
    reads = 0
    expect(findLastingDamage(read)).toBeNull()
    const damaged = Buffer.from(wal).fill(0, unwritten, unwritten + FRAME)
    expect(findLastingDamage((offset, length) => damaged.subarray(offset, offset + length))).toBe(unwritten)
  })

  it('is not damaged if it ends early, at any length', () => {
    for (const size of [10, 9_000, 300]) insert(size)
    const wal = walNow()
    for (let length = 0; length < wal.length; length += 97)
      expect(damageIn(wal.subarray(0, length))).toBeNull()
  })

  it('is not damaged behind an interrupted transaction, in a file with frames of an earlier generation', async () => {
    for (const size of [9_000, 9_000, 9_000]) insert(size, 'old')
    // Everything is in the database now, and the next transaction begins the WAL again, over the old frames.
    db.all('PRAGMA wal_checkpoint(RESTART)')
    const old = walNow()
    insert(30, 'new')
    insert(9_000, 'new')
    const wal = walNow()
    expect(wal.length).toBe(old.length)
    expect(damageIn(wal)).toBeNull()
    // A process that is killed has written a part of the frames, in order, and perhaps the header of one more.
    const last = commits(wal).length - 1
    expect(wal.length).toBeGreaterThan(32 + (last + 2) * FRAME)
    const second = commits(wal).indexOf(true) + 1
    for (let frame = second; frame < last; frame++) {
      const at = 32 + frame * FRAME
      for (const end of [at, at + 8, at + 24, at + 2_000])
        expect(damageIn(Buffer.concat([wal.subarray(0, end), old.subarray(end)]))).toBeNull()
    }
    // For the frame that commits, it cannot be told whether its page was damaged or never written.
    const mark = 32 + last * FRAME
    expect(damageIn(Buffer.concat([wal.subarray(0, mark + 24), old.subarray(mark + 24)]))).toBe(mark)
    expect(await rowsWith(flipped(wal, (32 + second * FRAME) * 8))).toBe(4)
    expect(damageIn(flipped(wal, (32 + second * FRAME) * 8))).toBe(32 + second * FRAME)
  })

  it('is not damaged behind what a transaction wrote before it was rolled back', async () => {
    insert(10)
    db.exec('PRAGMA cache_size = 10; BEGIN IMMEDIATE')
    for (let row = 0; row < 60; row++) insert(4_000)
    db.exec('ROLLBACK')
    const rolledBack = walNow()
    expect(commits(rolledBack).length).toBeGreaterThan(40)
    expect(damageIn(rolledBack)).toBeNull()
    insert(9_000)
    const wal = walNow()
    expect(wal.length).toBe(rolledBack.length)
    expect(damageIn(wal)).toBeNull()
    expect(await rowsWith(wal)).toBe(2)
  })

  it('is not damaged after a transaction that wrote pages twice', () => {
    db.exec('PRAGMA cache_size = 10; BEGIN IMMEDIATE')
    for (let row = 0; row < 60; row++) insert(4_000)
    db.run("UPDATE rows SET text = text || 'y'", [])
    db.exec('COMMIT')
    expect(damageIn(walNow())).toBeNull()
  })

  it('is read in either byte order', async () => {
    for (const size of [10, 9_000]) insert(size)
    const wal = otherByteOrder(walNow())
    expect(await rowsWith(wal)).toBe(2)
    expect(damageIn(wal)).toBeNull()
    for (let bit = 0; bit < wal.length * 8; bit += 1_013) expect(damageIn(flipped(wal, bit))).not.toBeNull()
  })
})

/** The same WAL as a processor of the other byte order would have written it. */
const otherByteOrder = (wal: Buffer): Buffer => {
  const bytes = Buffer.from(wal)
  bytes.writeUInt32BE(bytes.readUInt32BE(0) ^ 1, 0)
  const isBigEndian = (bytes.readUInt8(3) & 1) === 1
  const word = (offset: number) => (isBigEndian ? bytes.readUInt32BE(offset) : bytes.readUInt32LE(offset))
  let [one, two] = [0, 0]
  const add = (from: number, to: number): void => {
    for (let offset = from; offset < to; offset += 8) {
      one = (one + word(offset) + two) >>> 0
      two = (two + word(offset + 4) + one) >>> 0
    }
  }
  const store = (offset: number): void => {
    bytes.writeUInt32BE(one, offset)
    bytes.writeUInt32BE(two, offset + 4)
  }
  add(0, 24)
  store(24)
  for (let frame = 32; frame < bytes.length; frame += FRAME) {
    add(frame, frame + 8)
    add(frame + 24, frame + FRAME)
    store(frame + 16)
  }
  return bytes
}
