import { memoryVault } from './memory-vault.ts'
import { keyVaultContract } from '../../testing/contracts/key-vault-contract.ts'

keyVaultContract('the memory vault', () => {
  const vault = memoryVault()
  return { open: () => vault, dispose: () => undefined }
})
