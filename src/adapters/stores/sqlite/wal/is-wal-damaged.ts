import { closeSync, openSync, readSync, realpathSync } from 'node:fs'
import { findLastingDamage } from './damaged-frame.ts'

/**
 * Whether the WAL of a database is damaged, so that SQLite would silently show an earlier state of it. Call it before
 * SQLite opens the database: SQLite soon overwrites what shows the damage. False if there is no WAL or it cannot be read.
 */
export const isWalDamaged = (file: string): boolean => {
  try {
    // SQLite puts the WAL next to the target of a link.
    const descriptor = openSync(`${realpathSync(file)}-wal`, 'r')
    try {
      const read = (offset: number, length: number): Buffer => {
        const bytes = Buffer.alloc(length)
        return bytes.subarray(0, readSync(descriptor, bytes, 0, length, offset))
      }
      return findLastingDamage(read) !== null
    } finally {
      closeSync(descriptor)
    }
  } catch {
    return false
  }
}
