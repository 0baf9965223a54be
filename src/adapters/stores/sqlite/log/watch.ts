import type { SqliteDriver } from '../driver/driver.ts'
import { lastPosition } from './append.ts'

const INTERVAL_MS = 100

/**
 * Calls back when another connection, be it in another process, has appended. Asks SQLite instead of the
 * file system, whose notices are neither complete nor portable. Does not keep the process alive.
 */
export const watch = (db: SqliteDriver, listener: () => void): (() => void) => {
  // SQLite: data_version changes with every commit of others, never with our own.
  const othersVersion = () => Number(db.all('PRAGMA data_version')[0]?.['data_version'])
  let version = othersVersion()
  let position = lastPosition(db)
  const look = () => {
    const seen = othersVersion()
    if (seen === version) return
    version = seen
    const last = lastPosition(db)
    // Others also save views, of which nobody needs to hear.
    if (last === position) return
    position = last
    listener()
  }
  const timer = setInterval(() => {
    try {
      look()
    } catch {
      // Whoever asks the store for something next is told of its trouble.
    }
  }, INTERVAL_MS).unref()
  return () => clearInterval(timer)
}
