import { eventStoreContract } from '../../../testing/contracts/event-store/event-store-contract.ts'
import { memoryLog } from './memory-log.ts'
import { memoryStore } from './memory-store.ts'

eventStoreContract('the memory store', async () => {
  const log = memoryLog()
  return { open: async () => memoryStore(log), dispose: async () => undefined }
})
