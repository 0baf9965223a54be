import type { CommandType, RefusalCode } from '../domain/commands.ts'
import type { SkipReason } from '../domain/contact.ts'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import type { Finding, FindingCode } from '../domain/findings.ts'
import type { Source } from '../domain/source.ts'

/** What happened, and what the person can do next: whole sentences. */
export interface Sentences {
  readonly happened: string
  readonly next: string
}

/**
 * How the shell at hand asks for each command, as an instruction within a sentence: `use "restart"` in a
 * terminal, `press Restart` in a window.
 */
export type Steps = Readonly<Record<CommandType, string>>

/** What a sentence may need to know beside its code. No personal data. */
export interface Situation {
  readonly source: Source
  readonly steps: Steps
  /** Contacts of the source that are on the device whatever happened; 0 or absent: none. */
  readonly onDevice?: number
  /** When they were last brought up to date, ISO 8601. */
  readonly updatedAt?: string
  /** When it makes sense to try again, ISO 8601. */
  readonly retryAt?: string
  /** A removal that waits for approval. */
  readonly held?: { readonly removes: number; readonly of: number } | null
  /** The access came as a token of the person's own: there is no sign-in to repeat. */
  readonly accessTokenFile?: boolean
}

/** Why a source makes us wait: the failures that pass by themselves. */
export type WaitReason = Extract<FailureCode, 'throttled' | 'service-unavailable' | 'offline'>

/** All that the product says in one language. Another language is another file that fills this. */
export interface Messages {
  readonly sources: Readonly<Record<Source, string>>
  readonly failures: Readonly<Record<FailureCode, (situation: Situation) => Sentences>>
  readonly refusals: Readonly<Record<RefusalCode, (situation: Situation) => Sentences>>
  /** What an examination of a store found. */
  readonly findings: Readonly<Record<FindingCode, (finding: Finding, situation: Situation) => Sentences>>
  /** An attempt that somebody stopped: neither failure nor refusal. */
  readonly cancelled: (situation: Situation) => Sentences
  /** An attempt that a sign-out ended: nothing is left that could be restarted. */
  readonly signedOut: (situation: Situation) => Sentences
  /** Why contacts were left out. */
  readonly skips: Readonly<Record<SkipReason, (count: number) => string>>
  readonly waits: Readonly<Record<WaitReason, (source: Source, seconds: number) => string>>
  /** `1,240 contacts`. */
  contacts(count: number): string
  /** `10,000 of 12,345 contacts`. */
  contactsOf(count: number, available: number): string
  number(count: number): string
  /** A date and time of day. `iso`: ISO 8601. */
  time(iso: string): string
  /** Says that a list of so many contacts stands untouched, and since when (ISO 8601) where that is known. */
  kept(count: number, updatedAt?: string): string
  /** One line for whoever runs the organization's Microsoft 365; null where there is nothing to tell. */
  forAdministrator(details: FailureDetails, adminConsentLink: string | undefined): string | null
}
