import { runLockContract } from '../../testing/contracts/run-lock-contract.ts'
import { newName } from '../../../test/chromium/names.ts'
import { webLocks } from './web-locks.ts'

runLockContract('the Web Locks', async () => {
  const store = newName()
  return { open: () => webLocks(store), dispose: async () => undefined }
})
