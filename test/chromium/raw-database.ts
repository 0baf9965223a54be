import { requested } from '../../src/adapters/stores/indexeddb/transaction.ts'

/** Changes a database behind the back of its store, as damage does. Closes its connection afterwards. */
export const inDatabase = async <T>(
  name: string,
  work: (store: (name: string) => IDBObjectStore) => IDBRequest<T>,
): Promise<T> => {
  const db = await connect(name)
  try {
    const transaction = db.transaction([...db.objectStoreNames], 'readwrite')
    const request = work((each) => transaction.objectStore(each))
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onabort = () => reject(new Error('aborted', { cause: transaction.error }))
    })
    return request.result
  } finally {
    db.close()
  }
}

/** Connects as another script of this origin does, which neither hears of upgrades nor closes by itself. */
export const connect = (
  name: string,
  version?: number,
  upgrade: (db: IDBDatabase) => void = () => undefined,
): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, version)
  request.onupgradeneeded = () => upgrade(request.result)
  return requested(request)
}

/** As a browser does when space is short, or a person who clears the data of a site. */
export const removeDatabase = async (name: string): Promise<void> => {
  await requested(indexedDB.deleteDatabase(name))
}
