import { runLockContract } from '../../../testing/contracts/run-lock-contract.ts'
import { memoryLocks, MemoryLockTable } from './memory-locks.ts'

runLockContract('memory', async () => {
  const table = new MemoryLockTable()
  return { open: () => memoryLocks(table), dispose: async () => undefined }
})
