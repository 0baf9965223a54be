import { existsSync } from 'node:fs'
import { debuglog } from 'node:util'
import { memoryLocks } from '../src/adapters/locks/memory/memory-locks.ts'
import { memoryStore } from '../src/adapters/stores/memory/memory-store.ts'
import { sqliteLocks } from '../src/adapters/stores/sqlite/sqlite-locks.ts'
import { openSqliteStore } from '../src/adapters/stores/sqlite/sqlite-store.ts'
import { systemClock } from '../src/adapters/system/system-clock.ts'
import { openContactBook } from '../src/index.ts'
import type { Storage } from '../src/index.ts'
import type { Options } from '../src/shells/terminal/options.ts'
import type { OpenedBook } from '../src/shells/terminal/parts.ts'
import type { Tenant } from './tenants/tenant.ts'

const debug = debuglog('device-contacts')

/** Opens the contacts in a file for whatever tenant. A file is made only where `mayMake`. */
export const openAt =
  (store: string, mayMake: boolean, options: Pick<Options, 'store' | 'inspect'>) =>
  async (tenant: Tenant): Promise<OpenedBook> => {
    const storeExists = existsSync(store)
    try {
      const book = await openContactBook({
        store: storeExists || mayMake ? await storageAt(store) : noStorage(),
        sources: [tenant.source],
        clock: systemClock,
        diagnose: (error) => debug('%s', error instanceof Error ? error.stack : error),
      })
      return {
        ...tenant,
        book,
        store,
        storeExists,
        again: {
          store:
            options.store === undefined && tenant.tenant !== 'sandbox'
              ? []
              : ['--store', options.store ?? store],
          tenant: tenant.options,
        },
        close: async () => {
          await book.close()
          await tenant.close()
        },
      }
    } catch (error) {
      await tenant.close()
      throw error
    }
  }

const storageAt = async (store: string): Promise<Storage> => ({
  events: await openSqliteStore(store),
  locks: sqliteLocks(store),
})

/** Looking at a store that is not there does not make one. */
const noStorage = (): Storage => ({ events: memoryStore(), locks: memoryLocks() })
