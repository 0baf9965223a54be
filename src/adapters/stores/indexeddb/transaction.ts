import { ImportFailure } from '../../../domain/failures.ts'
import type { StoreName } from './schema.ts'

/** The result of a request. Rejects with the request's error. */
export const requested = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(errorOf(request.error))
  })

/** What a transaction is for. `strict`: durable once it is complete. `relaxed`: for a cache. */
export type TransactionMode = 'read' | 'strict' | 'relaxed'

/**
 * Does the work in one transaction over some object stores. Resolves once the transaction is complete, so that
 * nothing is half done. The work may only await requests of the transaction; if it throws, nothing of it is kept.
 * Rejects with the error of the work, or else of the transaction.
 */
export const transact = async <T>(
  db: IDBDatabase,
  stores: readonly StoreName[],
  mode: TransactionMode,
  work: (store: (name: StoreName) => IDBObjectStore) => Promise<T>,
): Promise<T> => {
  const transaction =
    mode === 'read'
      ? db.transaction(stores, 'readonly')
      : db.transaction(stores, 'readwrite', { durability: mode })
  const ended = new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(errorOf(transaction.error))
  })
  try {
    const result = await work((name) => transaction.objectStore(name))
    await ended
    return result
  } catch (error) {
    abort(transaction)
    // The transaction knows that the quota is used up; its requests only know that they were aborted.
    const cause = await ended.then(
      () => null,
      () => transaction.error,
    )
    throw isAborted(error) && cause !== null ? cause : error
  }
}

const abort = (transaction: IDBTransaction): void => {
  try {
    transaction.abort()
  } catch {
    // It has ended already.
  }
}

const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** A browser that aborts for a reason of its own, as when it closes the page, gives no error. */
const errorOf = (error: DOMException | null): Error =>
  error ?? new ImportFailure('storage-unavailable', {}, new Error('The browser ended the transaction.'))
