import { crc32 } from 'node:zlib'

/**
 * The checksum (CRC-32) of all values of a row. SQLite has none: without it, a flipped bit on the storage medium would
 * change a name or drop a payload unnoticed.
 */
export const checksum = (...values: readonly (string | number | null)[]): number =>
  crc32(JSON.stringify(values))

export const bytesChecksum = (bytes: Uint8Array): number => crc32(bytes)
