import { crc32 } from 'node:zlib'

/**
 * The checksum (CRC-32) of all values of a row. SQLite has none: without it, a bit that flips on the medium would
 * change a name, or drop a payload, unnoticed.
 */
export const checksum = (...values: readonly (string | number | null)[]): number =>
  crc32(JSON.stringify(values))

/** The checksum of one long text without a copy of it, from its UTF-8 bytes, which SQLite is given as well. */
export const textChecksum = (text: Uint8Array): number => crc32(text)
