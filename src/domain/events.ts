import type { StartingCommand } from './commands.ts'
import type { Contact, ContactFolder, ContactKey, Removal, SkippedContact, SkipReason } from './contact.ts'
import type { FailureCode, FailureDetails } from './failures.ts'
import type { Account, Json, SignInReport, SourceReport } from './reports.ts'
import type { Source } from './source.ts'
import type { Undo } from './undo.ts'

/** The result of a successful attempt. Counts are contacts. */
export interface Completion {
  readonly outcome: 'imported' | 'capped'
  /** On the device now. */
  readonly imported: number
  /** At the source, without the unreadable ones. */
  readonly available: number
  /** At the source but unreadable, in this attempt or an earlier one, so not in the list. */
  readonly skipped: number
  /** On the device, but with a field that could not be read as a whole. Earlier versions did not count them. */
  readonly incomplete: number
  readonly added: number
  readonly updated: number
  /** Deleted at the source. */
  readonly removed: number
  /** No longer on the device because newer ones fill the limit. */
  readonly displaced: number
  /** False if the source kept changing while it was read. */
  readonly verified: boolean
}

/** A removal that waits for approval. */
export interface Held {
  readonly removes: number
  readonly of: number
  /** The result once the removal is approved. */
  readonly completion: Completion
}

/** Skipped contacts, counted by reason. */
export type SkipCounts = Readonly<Partial<Record<SkipReason, number>>>

/**
 * One half of what a person says of two contacts of two sources. Each source's stream has one half, which names its own
 * contact in the payload: after a sign-out, neither half tells anything about the contact that is gone.
 */
export interface IdentityHalf {
  /** UUID that both halves share. */
  readonly decision: string
  /** The source of the other half. */
  readonly with: Source
  /** Whether the two contacts are one person. Null: the person no longer says either. */
  readonly isSame: boolean | null
}

/** The event types with the data of their envelopes: counts and codes, never personal data. */
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
  readonly 'identity.decided': IdentityHalf
}

/** Only projections read payloads. A payload that no list needs may be dropped without changing a state or a list. */
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
  readonly 'attempt.completed': EndedListing
  readonly 'removal.held': EndedListing
  readonly 'list.checkpointed': {
    /** Including those beyond the limit. */
    readonly contacts: readonly Contact[]
    readonly skipped: readonly SkippedContact[]
    readonly account: Account | null
    readonly cursor: Json
    readonly folders?: readonly ContactFolder[]
  }
  readonly 'identity.decided': { readonly contact: ContactKey }
}

/** What a finished listing records besides its contacts. */
export interface EndedListing {
  readonly cursor: Json
  readonly undo?: Undo
  readonly folders?: readonly ContactFolder[]
}

/** The name of an event type. */
export type EventType = keyof EventData

/** The payload of an event type; null if the type has none. */
export type PayloadOf<T extends EventType> = T extends keyof EventPayload ? EventPayload[T] : null

/** A fact that `decide` returned. The book adds id and time when it records the fact. */
export type Fact = {
  [T in EventType]: {
    readonly type: T
    readonly stream: Source
    readonly attempt: string | null
    readonly data: EventData[T]
    /** Absent for types without a payload; null after it was dropped. */
    readonly payload?: PayloadOf<T> | null
  }
}[EventType]

/** A recorded fact: the envelope and its payload. */
export type RecordedEvent = Fact & {
  /** Position in the store's log, counted from 1. It defines the order. */
  readonly position: number
  /** Version of this event type's shape. A higher version than the known one makes the store read-only. */
  readonly version: number
  readonly id: string
  /** ISO 8601, UTC. For display, never for order. */
  readonly time: string
  /** Why the payload can no longer be read; it is null then. A list folded from it is incomplete. */
  readonly unreadable?: Unreadable
}

/**
 * Why a payload cannot be read. `damaged`: the storage medium lost it. `locked`: the vault with its key does not answer.
 * `lost`: its key is gone.
 */
export type Unreadable = 'damaged' | 'locked' | 'lost'

/** The recorded event of a type. */
export type EventOf<T extends EventType> = Extract<RecordedEvent, { type: T }>

/** An event without its payload. Machines, inspectors and logs see nothing else. */
export type Envelope = { [T in EventType]: Omit<EventOf<T>, 'payload'> }[EventType]
