import { LinkingKeys } from '../../src/book/log/linking-keys.ts'
import { Log } from '../../src/book/log/log.ts'
import { sqliteStorage, systemClock } from '../../src/node.ts'

/** The log of a store without a book. It encrypts and decrypts like the log of a book. */
export const openOurLog = async (file: string) => {
  const { events, locks, keys: vault } = await sqliteStorage(file, { keyRing: false })
  const keys = new LinkingKeys(vault, events.key)
  const log = new Log(events, systemClock, keys)
  return {
    log,
    /** Needed before the first append of a payload. */
    obtainKey: () => keys.obtain('microsoft365', log.linking('microsoft365')),
    close: async () => {
      await events.close()
      await locks.close()
    },
  }
}
