import { crc32 } from 'node:zlib'

/**
 * SQLite has no checksums: a bit that flips on the medium would change a name, or drop a payload,
 * unnoticed. Every row carries one (CRC-32) over all its values.
 */
export const checksum = (...values: readonly (string | number | null)[]): number =>
  crc32(JSON.stringify(values))

/**
 * The same for one long text, without a copy of it. Its UTF-8 bytes rather than itself, which would be encoded
 * here and for SQLite again.
 */
export const textChecksum = (text: Uint8Array): number => crc32(text)
