import { ImportFailure } from '../../../domain/failures.ts'
import { encodeBase64url } from '../../../formats/base64url.ts'
import { utf8Of } from '../../../formats/utf8.ts'
import { bytesChecksum } from './checksum.ts'
import type { MetaRecord } from './schema.ts'
import { requested } from './transaction.ts'

/** The random key of the store (see `EventStore.key`), and a random id that may be kept outside the store. */
export interface StoreIdentity {
  readonly key: string
  readonly id: string
}

/** A new random identity. */
export const newIdentity = (): StoreIdentity => ({
  key: encodeBase64url(crypto.getRandomValues(new Uint8Array(32))),
  id: crypto.randomUUID(),
})

/** Writes the first values of a new store. */
export const writeFirstMeta = (meta: IDBObjectStore, identity: StoreIdentity): void => {
  const value = JSON.stringify(identity)
  meta.add({ name: 'identity', value, sum: bytesChecksum(utf8Of(value)) } satisfies MetaRecord)
  meta.add({ name: 'last', value: 0 } satisfies MetaRecord)
  meta.add({ name: 'erased', value: 0 } satisfies MetaRecord)
}

/** Throws `storage-damaged` if it is missing or changed. */
export const readIdentity = async (meta: IDBObjectStore): Promise<StoreIdentity> => {
  const record = await readMeta(meta, 'identity')
  const text = String(record?.value)
  if (record === undefined || bytesChecksum(utf8Of(text)) !== record.sum)
    throw new ImportFailure('storage-damaged')
  return JSON.parse(text) as StoreIdentity
}

/** Position of the last event that was ever appended; 0 for none. Throws `storage-damaged` if it is missing. */
export const lastPosition = (meta: IDBObjectStore): Promise<number> => readNumber(meta, 'last')

/** The highest tombstone up to which a stream was erased; 0 for none. Throws `storage-damaged` if it is missing. */
export const erasedPosition = (meta: IDBObjectStore): Promise<number> => readNumber(meta, 'erased')

/** Position after which changes were lost, if that was noted. */
export const notedLoss = async (meta: IDBObjectStore): Promise<number | null> => {
  const record = await readMeta(meta, 'lost')
  return record === undefined ? null : Number(record.value)
}

/** Replaces a number. */
export const putMeta = async (
  meta: IDBObjectStore,
  name: 'last' | 'erased' | 'lost',
  value: number,
): Promise<void> => {
  await requested(meta.put({ name, value } satisfies MetaRecord))
}

const readNumber = async (meta: IDBObjectStore, name: 'last' | 'erased'): Promise<number> => {
  const value = (await readMeta(meta, name))?.value
  if (!Number.isSafeInteger(value)) throw new ImportFailure('storage-damaged')
  return Number(value)
}

const readMeta = async (meta: IDBObjectStore, name: MetaRecord['name']): Promise<MetaRecord | undefined> =>
  (await requested(meta.get(name))) as MetaRecord | undefined
