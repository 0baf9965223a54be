/**
 * Decompresses a block of Snappy (format_description.txt of google/snappy). Bytes after the block are ignored; a block that
 * breaks off or is none gives what could be decompressed.
 */
export const unsnapped = (bytes: Uint8Array): Buffer => {
  let at = 0
  const next = (count: number): number => {
    let value = 0
    for (let index = 0; index < count; index++) value += (bytes[at++] ?? 0) * 2 ** (8 * index)
    return value
  }
  let size = 0
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = next(1)
    size += (byte & 127) * 2 ** shift
    if (byte < 128) break
  }
  const out = Buffer.alloc(Math.min(size, 64 * 2 ** 20))
  let end = 0
  while (end < out.length && at < bytes.length) {
    const tag = next(1)
    const high = tag >> 2
    if ((tag & 3) === 0) {
      const length = (high < 60 ? high : next(high - 59)) + 1
      out.set(bytes.subarray(at, at + Math.min(length, out.length - end)), end)
      at += length
      end += length
      continue
    }
    const isShort = (tag & 3) === 1
    const length = isShort ? (high & 7) + 4 : high + 1
    const offset = isShort ? ((tag >> 5) << 8) + next(1) : next((tag & 3) === 2 ? 2 : 4)
    if (offset === 0 || offset > end) break
    // Byte by byte: a copy may repeat what it has just written.
    for (let index = 0; index < length && end < out.length; index++) out[end] = out[end++ - offset] ?? 0
  }
  return out.subarray(0, end)
}
