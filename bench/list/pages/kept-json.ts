/** What a person would keep who needs no book: all contacts in one record, in the clear and in their order. */
import type { Contact } from '../../../src/index.ts'

/** A contact with the name that it is shown by. */
export interface KeptContact extends Pick<Contact, 'key' | 'organization' | 'phones' | 'emails'> {
  readonly displayName: string
}

const STORE = 'contacts'
const RECORD = 'all'

const connect = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('plain', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE)
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error ?? new Error('The database cannot be opened'))
  })

export const keep = async (contacts: readonly KeptContact[]): Promise<void> => {
  const db = await connect()
  await new Promise<void>((resolve, reject) => {
    const transaction = db.transaction(STORE, 'readwrite')
    transaction.objectStore(STORE).put(contacts, RECORD)
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('The contacts cannot be written'))
  })
  db.close()
}

export const readKept = async (): Promise<readonly KeptContact[]> => {
  const db = await connect()
  return new Promise((resolve, reject) => {
    const reading = db.transaction(STORE).objectStore(STORE).get(RECORD)
    reading.onsuccess = () => resolve(reading.result as readonly KeptContact[])
    reading.onerror = () => reject(reading.error ?? new Error('The contacts cannot be read'))
  })
}
