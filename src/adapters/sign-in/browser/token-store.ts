/**
 * Keeps the encrypted tokens of one sign-in, for all tabs of the origin. Errors are those of the medium. A record that is
 * removed may leave traces on the disk, so its bytes must be useless without a key that is kept elsewhere.
 */
export interface TokenStore {
  /** Null if there is none. */
  load(): Promise<Uint8Array | null>
  /** Replaces everything. */
  save(bytes: Uint8Array): Promise<void>
  /** Replaces `expected` in one step; false if the record is another one by now, or gone. */
  replace(expected: Uint8Array, bytes: Uint8Array): Promise<boolean>
  remove(): Promise<void>
}

const OBJECTS = 'tokens'

/** A record in an IndexedDB database of its own. Each store of contacts needs its own name. */
export const indexedDbTokens = (name: string): TokenStore => {
  /** Opened for each call, which is rare: an open database would delay its deletion. */
  const withObjects = async <T>(
    mode: IDBTransactionMode,
    work: (objects: IDBObjectStore) => IDBRequest<T> | Promise<T>,
  ): Promise<T> => {
    const database = await opened(name)
    try {
      const transaction = database.transaction(OBJECTS, mode, { durability: 'strict' })
      const committed = completed(transaction)
      // It rejects too if the work does.
      committed.catch(() => undefined)
      const result = work(transaction.objectStore(OBJECTS))
      const value = await (result instanceof Promise ? result : settled(result))
      await committed
      return value
    } finally {
      database.close()
    }
  }
  const loaded = async (objects: IDBObjectStore): Promise<Uint8Array | null> => {
    const value: unknown = await settled(objects.get(0))
    return value instanceof Uint8Array ? value : null
  }
  return {
    load: () => withObjects('readonly', loaded),
    save: async (bytes) => {
      await withObjects('readwrite', (objects) => objects.put(bytes, 0))
    },
    replace: (expected, bytes) =>
      withObjects('readwrite', async (objects) => {
        const current = await loaded(objects)
        if (current === null || !isSame(current, expected)) return false
        await settled(objects.put(bytes, 0))
        return true
      }),
    remove: async () => {
      await withObjects('readwrite', (objects) => objects.delete(0))
    },
  }
}

/** Deletes the database of `indexedDbTokens`, if there is one. A page that has it open is done in a moment. */
export const deleteIndexedDbTokens = async (name: string): Promise<void> => {
  await settled(indexedDB.deleteDatabase(name))
}

const opened = (name: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1)
  request.onupgradeneeded = () => request.result.createObjectStore(OBJECTS)
  return settled(request)
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new DOMException('The request failed.', 'UnknownError'))
  })

const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () =>
      reject(transaction.error ?? new DOMException('The transaction was aborted.', 'AbortError'))
  })

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index])
