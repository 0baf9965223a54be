import type { Source } from '../domain/source.ts'

/** An event to store. The store interprets neither `data`, a JSON value, nor the bytes of the payload. */
export interface NewEvent {
  readonly stream: Source
  readonly type: string
  readonly version: number
  readonly id: string
  readonly time: string
  readonly attempt: string | null
  readonly data: unknown
  /** Null or absent: no payload. Zero bytes are a payload. Copied before `append` returns its promise. */
  readonly payload?: Uint8Array | null
}

/** A stored event. Unchecked: the file may be damaged. */
export interface StoredEvent extends NewEvent {
  readonly position: number
  readonly payload: Uint8Array | null
  /** The payload was not dropped but can no longer be read; it is null. Absent otherwise. */
  readonly isPayloadDamaged?: true
}

/** Payloads to drop in the transaction of an append, of a whole stream or of one attempt in it. */
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

/** A saved projection, so that opening need not fold every event. */
export interface SavedView {
  readonly name: string
  /** Version of the view's shape. A view saved under another version is not found. */
  readonly version: number
  /** Position of the last event folded into it. */
  readonly position: number
  /** A JSON value: no personal data. */
  readonly data: unknown
  /** The bulk of the view in parts, which are produced and written one at a time. Other work runs in between. */
  readonly parts?: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** A saved view that is complete. */
export interface LoadedView extends Omit<SavedView, 'parts'> {
  readonly parts: readonly Uint8Array[]
}

/** Another writer appended first. Read the events after `expected` and decide again. */
export class PositionConflict extends Error {
  override readonly name = 'PositionConflict'
}

/**
 * Port: one log with one position, shared by all processes or tabs that hold the store open.
 *
 * Every method throws an `ImportFailure` with a `storage-…` code if the medium fails. `eventStoreContract` in
 * `testing` is the contract suite.
 */
export interface EventStore {
  /** Random key of the store (32 bytes, base64url), generated at its creation. Keys the hashes of account ids. */
  readonly key: string
  /** The location, to show to users; null for a store in memory. */
  readonly location: string | null
  /** Written by a later version: the store can be read but not written (`storage-read-only`). */
  readonly newer: boolean
  /**
   * Payloads are unencrypted JSON: an earlier version wrote them, and they cannot be removed because the store cannot be
   * written.
   */
  readonly plain: boolean
  /**
   * Position of the last remaining event when a loss was detected: the medium lost everything written after it. Null or
   * absent if no loss is known.
   */
  readonly changesLostAfter?: number | null
  /**
   * Appends all events or none and drops payloads in the same transaction; durable when it resolves. Resolves
   * to the new last position. Throws `PositionConflict` if the last position is not `expected` (0 for an empty
   * store).
   */
  append(expected: number, events: readonly NewEvent[], drop?: readonly PayloadDrop[]): Promise<number>
  /** Events after `from`, in order. Without payloads, `payload` is always null and is not read. */
  read(from: number, options: { readonly payloads: boolean }): AsyncIterable<StoredEvent>
  /**
   * Calls back after each append by another writer that comes after this call, also if news of earlier ones arrives
   * late. Returns a function that stops this.
   */
  watch(listener: () => void): () => void
  /**
   * Replaces the view of the same name; one call at a time. A view whose position was erased meanwhile is not
   * saved.
   */
  saveView(view: SavedView): Promise<void>
  /** Null if there is no such view or it is incomplete: it is only a cache. */
  loadView(name: string, version: number): Promise<LoadedView | null>
  /**
   * Finishes a sign-out: deletes all saved views and the stream's events before the `account.signed-out` at
   * `tombstone`, which stays. May be repeated. Bytes of deleted rows may stay on the medium: they are encrypted, and
   * their key is destroyed.
   */
  erase(stream: Source, tombstone: number): Promise<void>
  /**
   * Moves appended data to the safest place on the medium, for a medium that writes it elsewhere first. Reads return
   * the same as before.
   */
  consolidate?(): Promise<void>
  close(): Promise<void>
}
