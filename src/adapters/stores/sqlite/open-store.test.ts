import { join } from 'node:path'
import { newFolder } from '../../../../test/temp-folder.ts'
import { eventStoreContract } from '../../../testing/contracts/event-store/event-store-contract.ts'
import { sqliteDrivers } from './driver/open-driver.ts'
import { openSqliteStore } from './open-store.ts'

for (const driver of sqliteDrivers) {
  eventStoreContract(`the SQLite store over ${driver}`, async () => {
    const folder = await newFolder()
    return {
      open: async () => openSqliteStore(join(folder, 'contacts.db'), { driver }),
      dispose: async () => undefined,
    }
  })
}
