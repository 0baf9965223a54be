import { runLockContract } from '../../../testing/contracts/run-lock-contract.ts'
import { memoryLocks } from './memory-locks.ts'

runLockContract('memory', async () => {
  const taken = new Set<string>()
  return { open: () => memoryLocks(taken), dispose: async () => undefined }
})
