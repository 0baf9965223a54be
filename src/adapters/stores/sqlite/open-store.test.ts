import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStoreContract } from '../../../testing/event-store/event-store-contract.ts'
import { sqliteDrivers } from './driver/open-driver.ts'
import { openSqliteStore } from './open-store.ts'

for (const driver of sqliteDrivers) {
  eventStoreContract(`the SQLite store over ${driver}`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'device-contacts-'))
    return {
      open: async () => openSqliteStore(join(folder, 'contacts.db'), { driver }),
      dispose: async () => rm(folder, { recursive: true }),
    }
  })
}
