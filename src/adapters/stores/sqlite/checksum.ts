import { crc32 } from 'node:zlib'
import type { SqlValue } from './driver.ts'

/**
 * SQLite has no checksums: a bit that flips on the medium would change a name, or drop a payload,
 * unnoticed. Every row carries one (CRC-32) over all its values.
 */
export const checksum = (...values: readonly SqlValue[]): number => crc32(JSON.stringify(values))

/** The same for one long text, or its UTF-8 bytes, without a copy of it. */
export const textChecksum = (text: string | Uint8Array): number => crc32(text)
