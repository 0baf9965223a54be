import type { SqliteDriver } from '../driver/driver.ts'
import { lastPosition } from './append.ts'

const INTERVAL_MS = 100

/**
 * Calls back when another connection, in this or another process, has appended. Polls SQLite instead of watching the
 * file, because file system notifications are neither complete nor portable. Does not keep the process alive.
 */
export const watch = (db: SqliteDriver, listener: () => void): (() => void) => {
  // SQLite: data_version changes with every commit of another connection, never with our own.
  const othersVersion = () => Number(db.all('PRAGMA data_version')[0]?.['data_version'])
  let version = othersVersion()
  let position = lastPosition(db)
  const look = () => {
    const seen = othersVersion()
    if (seen === version) return
    version = seen
    const last = lastPosition(db)
    // Other connections also save views, which does not count.
    if (last === position) return
    position = last
    listener()
  }
  const timer = setInterval(() => {
    try {
      look()
    } catch {
      // The next call to the store throws the error.
    }
  }, INTERVAL_MS).unref()
  return () => clearInterval(timer)
}
