import type { CommandType, RefusalCode } from '../domain/commands.ts'
import type { PartialDate, SkipReason } from '../domain/contact.ts'
import type { FailureCode, FailureDetails, FileContent } from '../domain/failures.ts'
import type { Finding, FindingCode, NoticeCode } from '../domain/findings.ts'
import type { SignOutStep } from '../domain/failures.ts'
import type { Source } from '../domain/source.ts'
import type { KeyPlace } from '../ports/key-vault.ts'
import type { CallLabels } from './labels/call-labels.ts'
import type { CardLabels } from './labels/card-labels.ts'
import type { InspectorLabels } from './labels/inspector-labels.ts'
import type { ListLabels } from './labels/list-labels.ts'
import type { PeopleLabels } from './labels/people-labels.ts'
import type { SettingsLabels } from './labels/settings-labels.ts'

/** What happened, and what the person can do next: whole sentences. */
export interface Sentences {
  readonly happened: string
  readonly next: string
}

/**
 * How a shell asks for each command, as an instruction within a sentence: `use "restart"` in a terminal,
 * `press Restart` in a window.
 */
export type Steps = Readonly<Record<CommandType, string>> & {
  /** How to restart with a code that is typed on any device. Absent: the shell does not offer that. */
  readonly restartWithCode?: string
}

/** What a sentence may depend on besides its code. No personal data, but for the name of a file. */
export interface Situation {
  readonly source: Source
  readonly steps: Steps
  /** Contacts of the source that are on the device now; 0 or absent: none. */
  readonly onDevice?: number
  /** When they were last updated, ISO 8601. */
  readonly updatedAt?: string
  /** When it makes sense to try again, ISO 8601. */
  readonly retryAt?: string
  /** Why no connection could be made: see `FailureDetails`. */
  readonly cause?: string
  /** When a file was changed last that can no longer be read, and what it holds in place of contacts: see `FailureDetails`. */
  readonly fileTime?: string
  readonly fileHolds?: FileContent
  /** The line in which a quotation mark is not closed. */
  readonly fileLine?: number
  /** The name of the file that the person chose. */
  readonly file?: string
  /** How to sign out of the other Microsoft source. Default: as `steps` say. */
  readonly otherSignOut?: string
  /** No answer could be read, so that the cause may be something in the network: a page cannot tell. */
  readonly isUnanswered?: boolean
  /** A removal that waits for approval, in contacts. */
  readonly held?: { readonly removes: number; readonly of: number } | null
  /** Where the contacts are stored. Default: in a file. */
  readonly storage?: 'file' | 'browser'
  /** The attempt was a refresh, in which no one signs in; and whether the person may refresh now. Absent: an import. */
  readonly refresh?: { readonly isAllowed: boolean }
  /** Whether the person had already signed in when the attempt ended, so that no sign-in is open. Default: false. */
  readonly hasSignedIn?: boolean
  /** The access token comes from the person's own file, so there is no sign-in to repeat. */
  readonly accessTokenFile?: boolean
}

/** Why a source makes us wait: the failures that pass by themselves. */
export type WaitReason = Extract<FailureCode, 'throttled' | 'service-unavailable' | 'offline'>

/** Every sentence of the product in one language. A new language is one more object of this shape. */
export interface Messages {
  /** The language of the sentences with the region that numbers and times follow, BCP 47. */
  readonly locale: string
  /** The labels of each element of `device-contacts/elements`. */
  readonly settings: SettingsLabels
  readonly list: ListLabels
  readonly people: PeopleLabels
  readonly card: CardLabels
  readonly call: CallLabels
  readonly inspector: InspectorLabels
  /** The sources by name: `Microsoft 365`. */
  readonly sources: Readonly<Record<Source, string>>
  readonly failures: Readonly<Record<FailureCode, (situation: Situation) => Sentences>>
  readonly refusals: Readonly<Record<RefusalCode, (situation: Situation) => Sentences>>
  /** What an examination of a store found. */
  readonly findings: Readonly<Record<FindingCode, (finding: Finding, steps: Steps) => Sentences>>
  /** What the person should know about an account although nothing failed. */
  readonly notices: Readonly<Record<NoticeCode, (situation: Situation) => Sentences>>
  /** An attempt that a person cancelled: neither failure nor refusal. */
  readonly cancelled: (situation: Situation) => Sentences
  /** An attempt that a sign-out ended: there is nothing left to restart. */
  readonly signedOut: (situation: Situation) => Sentences
  /** What a sign-out that failed has removed, and what it has not (`left`, not empty). */
  readonly signOutLeft: (left: readonly SignOutStep[], situation: Situation) => Sentences
  /** Why this many contacts were left out. */
  readonly skips: Readonly<Record<SkipReason, (count: number) => string>>
  /** Says that this many contacts have fields that are missing or cut. */
  readonly incomplete: (count: number) => string
  /** Why the import waits, and for how many seconds. */
  readonly waits: Readonly<Record<WaitReason, (source: Source, seconds: number) => string>>
  /** `1,240 contacts`. */
  readonly contacts: (count: number) => string
  /** `10,000 of 12,345 contacts`. */
  readonly contactsOf: (count: number, available: number) => string
  /** `1,000 of about 12,400 contacts`, for a source that may announce more contacts than it returns. */
  readonly contactsOfAbout: (count: number, expected: number) => string
  /** `12,345`. */
  readonly number: (count: number) => string
  /** A day, `12 April 1990`, or `12 April` if the year is unknown. Empty if the numbers are none. */
  readonly date: (date: PartialDate) => string
  /** Date and time of day. `iso`: ISO 8601. */
  readonly time: (iso: string) => string
  /** Says that a list of this many contacts is unchanged, and since when (ISO 8601) if that is known. */
  readonly kept: (count: number, updatedAt?: string) => string
  /** Where the key is that encrypts the contacts. */
  readonly keyPlace: (place: KeyPlace) => string
  /** One line for the administrator of the organization; null if there is nothing to pass on. */
  readonly forAdministrator: (details: FailureDetails, adminConsentLink: string | undefined) => string | null
}
