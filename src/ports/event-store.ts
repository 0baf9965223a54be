import type { Source } from '../domain/source.ts'

/** An event as a store takes it. `data` and `payload` are JSON values; their meaning is the book's business. */
export interface NewEvent {
  readonly stream: Source
  readonly type: string
  readonly version: number
  readonly id: string
  readonly time: string
  readonly attempt: string | null
  readonly data: unknown
  /** Null or absent: none. */
  readonly payload?: unknown
}

/** An event as a store gives it back: not to be trusted before it is checked (the file may be damaged). */
export interface StoredEvent extends NewEvent {
  readonly position: number
  readonly payload: unknown
  /** There was a payload, nobody dropped it, and it cannot be read any more: it is null. Absent where all is well. */
  readonly isPayloadDamaged?: true
}

/** Payloads to be dropped in the transaction of an append: those of a stream, or of one attempt in it. */
export interface PayloadDrop {
  readonly stream: Source
  readonly attempt?: string
  /** Only events of these types. */
  readonly types?: readonly string[]
  /** Only events before this position. */
  readonly before?: number
  /** Only events recorded before this time (ISO 8601, UTC). */
  readonly until?: string
}

export interface SavedView {
  readonly name: string
  /** Of the view's shape: a view saved under another version is not found. */
  readonly version: number
  /** Of the last event folded into it. */
  readonly position: number
  readonly data: unknown
  /**
   * What is large, beside `data`, in pieces that are taken and written one at a time: whatever else there is
   * to do goes on between two of them.
   */
  readonly parts?: Iterable<unknown>
}

export interface LoadedView extends Omit<SavedView, 'parts'> {
  /** Found whole; each is put together from its text when it is called for. */
  readonly parts: readonly (() => unknown)[]
}

/** Somebody else appended first. Read on from `expected`, decide again. */
export class PositionConflict extends Error {
  override readonly name = 'PositionConflict'
}

/**
 * Port: one log with one position, shared by all processes or tabs that hold the store open.
 *
 * Every method throws an `ImportFailure` with a `storage-…` code where the medium fails. The contract
 * suite is `eventStoreContract` in `testing`.
 */
export interface EventStore {
  /** Random per store (base64url, 32 bytes), made when it is created; keys the hashes of account ids. */
  readonly key: string
  /** Where the store is, for people; null in memory. */
  readonly location: string | null
  /** Made by a later version of the store: it can be read, but not written (`storage-read-only`). */
  readonly newer: boolean
  /**
   * Appends all events or none, durable when it resolves, and drops payloads in the same transaction.
   * Resolves to the new last position. Throws `PositionConflict` where the last position is not `expected`
   * (0 for an empty store).
   */
  append(expected: number, events: readonly NewEvent[], drop?: readonly PayloadDrop[]): Promise<number>
  /** Events after `from`, in order. Without payloads, `payload` is null throughout (and is not read). */
  read(from: number, options: { readonly payloads: boolean }): AsyncIterable<StoredEvent>
  /** Calls back after each append by anybody else. Returns the function that ends it. */
  watch(listener: () => void): () => void
  /**
   * Replaces the one before; one at a time. Where it does not come to its end, or its position was erased
   * meanwhile, none is found afterwards.
   */
  saveView(view: SavedView): Promise<void>
  /** A view that is not whole is not found: it is only a cache. */
  loadView(name: string, version: number): Promise<LoadedView | null>
  /**
   * Deletes what is left of a stream after `account.signed-out` at `tombstone`: its earlier events and all
   * saved views, until no byte of a payload ever stored is left in any file of the store. The tombstone
   * stays. May be repeated.
   */
  erase(stream: Source, tombstone: number): Promise<void>
  close(): Promise<void>
}
