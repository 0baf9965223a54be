import { crc32, deflateSync } from 'node:zlib'
import { type Colour, SQUARES } from './pattern.ts'

/** Pixels of a square. */
const SIDE = 8

/** A pattern as a PNG file (PNG specification, section 5). */
export const pngOf = (pattern: readonly Colour[]): Buffer => {
  const size = SQUARES * SIDE
  const rows = Array.from({ length: size }, (_, y) => {
    const row = Math.floor(y / SIDE) * SQUARES
    const pixels = Array.from({ length: size }, (_, x) => pattern[row + Math.floor(x / SIDE)] ?? [0, 0, 0])
    // Each row begins with its filter: none.
    return [0, ...pixels.flat()]
  })
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits each of red, green and blue.
  header.set([8, 2], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}
