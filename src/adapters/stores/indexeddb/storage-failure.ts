import { type FailureCode, ImportFailure } from '../../../domain/failures.ts'

/** https://www.w3.org/TR/IndexedDB/#exceptions. Any other error of the browser is `storage-unavailable`. */
const byName: Readonly<Record<string, FailureCode>> = {
  QuotaExceededError: 'storage-full',
  // Our own requests are valid: they fail only if an object store or a value is not as we created it.
  NotFoundError: 'storage-damaged',
  DataError: 'storage-damaged',
  ReadOnlyError: 'storage-read-only',
}

/** Does the work and throws errors of the browser as an `ImportFailure` `storage-…`, all others unchanged. */
export const translated = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
    throw new ImportFailure(byName[error.name] ?? 'storage-unavailable', {}, error)
  }
}

/** Whether one value cannot be read although the database is open. Others may be intact. */
export const isUnreadableValue = (error: unknown): boolean =>
  error instanceof DOMException && !['InvalidStateError', 'AbortError'].includes(error.name)
