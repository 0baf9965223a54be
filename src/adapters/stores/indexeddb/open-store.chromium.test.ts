import { eventStoreContract } from '../../../testing/contracts/event-store/event-store-contract.ts'
import { newName } from '../../../../test/chromium/names.ts'
import { openIndexedDbStore } from './open-store.ts'

eventStoreContract('the IndexedDB store', async () => {
  const name = newName()
  return { open: () => openIndexedDbStore(name), dispose: async () => undefined }
})
