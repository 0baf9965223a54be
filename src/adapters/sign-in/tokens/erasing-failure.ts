import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { KeyVaultUnavailable } from '../../../ports/key-vault.ts'

/** Why tokens could not be erased. */
export const erasingFailure = (error: unknown): ImportFailure => {
  if (isImportFailure(error)) return error
  const code = error instanceof KeyVaultUnavailable ? 'storage-locked' : 'storage-read-only'
  return new ImportFailure(code, {}, error)
}
