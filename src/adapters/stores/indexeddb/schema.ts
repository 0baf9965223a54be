/** Version of the database. A page that finds a higher one only reads. */
export const SCHEMA_VERSION = 1

/** The object stores. Every record has its key within itself, so that a record in the wrong place is noticed. */
export const STORES = ['meta', 'events', 'payloads', 'dropped', 'views'] as const

/** Name of an object store. */
export type StoreName = (typeof STORES)[number]

/** One value of the store itself. */
export interface MetaRecord {
  readonly name: 'identity' | 'last' | 'erased' | 'lost'
  readonly value: string | number
  /** Only for `identity`. */
  readonly sum?: number
}

/** An envelope. */
export interface EventRecord {
  readonly position: number
  /** Again beside the text, for the index: streams can be erased even if the text is damaged. */
  readonly stream: string
  /** JSON of `EnvelopeText`. Text, because a structured clone keeps values that are not JSON. */
  readonly text: string
  /** Checksum of the text. */
  readonly sum: number
}

/** A payload. If it was dropped, `dropped` has its position (and nothing else); if neither has it, it is damaged. */
export interface PayloadRecord {
  readonly position: number
  readonly bytes: Uint8Array
}

/** The head of a saved view (key: `[name]`), or one of its parts (key: `[name, set, index]`). */
export interface ViewRecord {
  readonly key: readonly (string | number)[]
  readonly version: number
  readonly position: number
  readonly bytes: Uint8Array
  readonly sum: number
}

/** Index of `events` by stream. */
export const BY_STREAM = 'stream'

/** Creates the object stores in an upgrade to version 1. */
export const createStores = (db: IDBDatabase): void => {
  db.createObjectStore('meta', { keyPath: 'name' })
  db.createObjectStore('events', { keyPath: 'position' }).createIndex(BY_STREAM, 'stream')
  db.createObjectStore('payloads', { keyPath: 'position' })
  db.createObjectStore('dropped', { keyPath: 'position' })
  db.createObjectStore('views', { keyPath: 'key' })
}
