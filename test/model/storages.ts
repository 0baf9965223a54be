import { join } from 'node:path'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { memoryLocks, MemoryLockTable } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryLog } from '../../src/adapters/stores/memory/memory-log.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { sqliteStorage } from '../../src/node.ts'
import { newFolder } from '../temp-folder.ts'
import type { StorageFixture } from './scripted-world.ts'

export const storages: Readonly<Record<'memory' | 'sqlite', () => Promise<StorageFixture>>> = {
  memory: async () => {
    const log = memoryLog()
    const table = new MemoryLockTable()
    const keys = memoryVault()
    return {
      open: async () => ({ events: memoryStore(log), locks: memoryLocks(table), keys }),
      dispose: async () => undefined,
    }
  },
  sqlite: async () => {
    const folder = await newFolder()
    return {
      open: () => sqliteStorage(join(folder, 'contacts.db'), { keyRing: false }),
      dispose: async () => undefined,
    }
  },
}
