import { requested } from '../../src/adapters/stores/indexeddb/transaction.ts'
import { connect } from './raw-database.ts'

/** Everything that a database contains, as text; bytes as Latin-1. By object store. */
export const dumpOf = async (name: string): Promise<Readonly<Record<string, readonly string[]>>> => {
  const db = await connect(name)
  try {
    const transaction = db.transaction([...db.objectStoreNames])
    const entries = [...db.objectStoreNames].map(async (store) => {
      const records: readonly unknown[] = await requested(transaction.objectStore(store).getAll())
      return [store, records.map(textOf)] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  } finally {
    db.close()
  }
}

const textOf = (record: unknown): string =>
  JSON.stringify(record, (_, value: unknown) =>
    value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : value,
  )
