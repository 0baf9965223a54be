import type { StartingCommand } from './commands.ts'
import type { Contact, Removal, SkippedContact, SkipReason } from './contact.ts'
import type { FailureCode, FailureDetails } from './failures.ts'
import type { Account, Json, SignInReport, SourceReport } from './reports.ts'
import type { Source } from './source.ts'
import type { Undo } from './undo.ts'

/** How an attempt ended well. Counts are contacts. */
export interface Completion {
  readonly outcome: 'imported' | 'capped'
  /** On the device now. */
  readonly imported: number
  /** Seen at the source, malformed ones not counted. */
  readonly available: number
  /** At the source, and not to be read: all that the list lacks. */
  readonly skipped: number
  readonly added: number
  readonly updated: number
  /** Gone from the source. */
  readonly removed: number
  /** No longer on the device because newer ones filled the limit. */
  readonly displaced: number
  /** False where the source never came to rest while it was read. */
  readonly verified: boolean
}

/** A removal that waits for approval. */
export interface Held {
  readonly removes: number
  readonly of: number
  /** What the attempt comes to once it is approved. */
  readonly completion: Completion
}

export type SkipCounts = Readonly<Partial<Record<SkipReason, number>>>

/** The facts, and what the envelope of each says: counts and codes, never personal data. */
export interface EventData {
  readonly 'attempt.requested': { readonly by: StartingCommand; readonly number: number }
  readonly 'consent.granted': { readonly accountKey: string | null }
  readonly 'contacts.counted': { readonly count: number | null }
  readonly 'page.fetched': { readonly page: number; readonly contacts: number; readonly skipped: SkipCounts }
  readonly 'changes.fetched': {
    readonly page: number
    readonly upserted: number
    readonly removed: number
    readonly skipped: SkipCounts
  }
  readonly 'attempt.completed': Completion
  readonly 'removal.held': Held
  readonly 'attempt.failed': { readonly code: FailureCode } & FailureDetails
  readonly 'attempt.cancelled': Readonly<Record<string, never>>
  readonly 'removal.approved': Completion
  readonly 'account.signed-out': Readonly<Record<string, never>>
  readonly 'report.ignored': { readonly report: (SourceReport | SignInReport)['type'] | 'failure' }
  readonly 'list.checkpointed': { readonly page: number; readonly of: number; readonly contacts: number }
}

/** What projections alone read; may be dropped without changing a state or the current list. */
export interface EventPayload {
  readonly 'consent.granted': { readonly account: Account }
  readonly 'page.fetched': {
    readonly contacts: readonly Contact[]
    readonly skipped: readonly SkippedContact[]
    readonly cursor: Json
  }
  readonly 'changes.fetched': {
    readonly upserted: readonly Contact[]
    readonly removed: readonly Removal[]
    readonly skipped: readonly SkippedContact[]
    readonly cursor: Json
  }
  readonly 'attempt.completed': { readonly cursor: Json; readonly undo?: Undo }
  readonly 'removal.held': { readonly cursor: Json; readonly undo?: Undo }
  readonly 'list.checkpointed': {
    /** Those beyond the limit are among them. */
    readonly contacts: readonly Contact[]
    readonly skipped: readonly SkippedContact[]
    readonly account: Account | null
    readonly cursor: Json
  }
}

export type EventType = keyof EventData

export type PayloadOf<T extends EventType> = T extends keyof EventPayload ? EventPayload[T] : null

/** A fact that `decide` found, before the book stamps id and time on it. */
export type Fact = {
  [T in EventType]: {
    readonly type: T
    readonly stream: Source
    readonly attempt: string | null
    readonly data: EventData[T]
    /** Absent in the payload-free types; null where it was dropped. */
    readonly payload?: PayloadOf<T> | null
  }
}[EventType]

/** The recorded fact: the envelope, and beside it the payload. */
export type RecordedEvent = Fact & {
  /** Place in the one log of the store, from 1. It is the order. */
  readonly position: number
  /** Of this event type's shape; a higher one than known makes the store read-only. */
  readonly version: number
  readonly id: string
  /** ISO 8601, UTC. For display; never for order. */
  readonly time: string
  /** The medium lost the payload, which is null now. What was folded from it cannot be told any more. */
  readonly isPayloadDamaged?: true
}

export type EventOf<T extends EventType> = Extract<RecordedEvent, { type: T }>

/** An event without its payload: all that machines, inspectors and logs get to see. */
export type Envelope = { [T in EventType]: Omit<EventOf<T>, 'payload'> }[EventType]
