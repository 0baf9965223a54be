import { unsnapped } from './snappy.ts'

/** The fragments of a log of LevelDB as one: a value may go on in the next block, after a header (doc/log_format.md). */
export const logContents = (bytes: Buffer): Buffer => {
  const parts: Buffer[] = []
  for (let block = 0; block < bytes.length; block += 32_768) {
    const end = Math.min(block + 32_768, bytes.length)
    for (let at = block; at + 7 <= end;) {
      const length = bytes.readUInt16LE(at + 4)
      parts.push(bytes.subarray(at + 7, Math.min(at + 7 + length, end)))
      at += 7 + length
    }
  }
  return Buffer.concat(parts)
}

/** The blocks of a table of LevelDB, decompressed (doc/table_format.md). Throws for a compression that it does not know. */
export const tableBlocks = (bytes: Buffer): readonly Buffer[] => {
  const footer = bytes.subarray(-48)
  if (footer.readBigUInt64LE(40) !== 0xdb4775248b80fb57n) throw new Error('not a table of LevelDB')
  const [metaIndex, index] = handles(footer, 2)
  if (metaIndex === undefined || index === undefined) throw new Error('a table without an index')
  const blocks = [blockAt(bytes, metaIndex), blockAt(bytes, index)]
  return [...blocks, ...blocks.flatMap(blocksIn).map((handle) => blockAt(bytes, handle))]
}

interface Handle {
  readonly offset: number
  readonly size: number
}

const varints = (
  bytes: Buffer,
  count: number,
  from = 0,
): { readonly values: number[]; readonly end: number } => {
  const values: number[] = []
  let at = from
  for (let index = 0; index < count; index++) {
    let value = 0
    let byte: number
    let scale = 1
    do {
      byte = bytes[at++] ?? 0
      value += (byte & 127) * scale
      scale *= 128
    } while (byte >= 128)
    values.push(value)
  }
  return { values, end: at }
}

const handles = (bytes: Buffer, count: number): readonly Handle[] => {
  const { values } = varints(bytes, 2 * count)
  return Array.from({ length: count }, (_, index) => ({
    offset: values[2 * index] ?? 0,
    size: values[2 * index + 1] ?? 0,
  }))
}

const blockAt = (bytes: Buffer, { offset, size }: Handle): Buffer => {
  const block = bytes.subarray(offset, offset + size)
  const compression = bytes[offset + size]
  if (compression === 0) return block
  if (compression === 1) return unsnapped(block)
  throw new Error(`a block with the compression ${compression}`)
}

/** The blocks to which the entries of an index lead. */
const blocksIn = (index: Buffer): readonly Handle[] => {
  const found: Handle[] = []
  const end = index.length - 4 - 4 * index.readUInt32LE(index.length - 4)
  for (let at = 0; at < end;) {
    const { values, end: key } = varints(index, 3, at)
    const [, keySize = 0, valueSize = 0] = values
    found.push(...handles(index.subarray(key + keySize, key + keySize + valueSize), 1))
    at = key + keySize + valueSize
  }
  return found
}
