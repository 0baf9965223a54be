import type { CommandType } from '../../domain/commands.ts'
import type { Source } from '../../domain/source.ts'
import type { Steps } from '../catalogue.ts'

/** What a badge of an account says, in one or two words. */
export type AccountMark =
  | 'waitingForYou'
  | 'importing'
  | 'updating'
  | 'upToDate'
  | 'old'
  | 'attention'
  | 'question'
  | 'stopped'
  | 'unreadable'

/** What the last update of a list changed, in contacts. */
export interface UpdateCounts {
  readonly added: number
  readonly updated: number
  readonly removed: number
  /** Left out because newer ones fill the limit. */
  readonly displaced: number
  readonly skipped: number
}

/** What `<contact-settings>` says of contacts from a chosen file, where its words are about an account. */
export interface FileLabels {
  readonly steps: Pick<Steps, 'signIn' | 'restart' | 'signOut'>
  readonly commands: Readonly<Record<'signIn' | 'restart' | 'signOut', string>>
  /** What `commands.restart` does. */
  readonly restartHint: string
  /** Which files can be chosen, and how. */
  readonly formats: string
  /** While the file is being opened: a heading, and a sentence. */
  readonly opening: string
  readonly openingHint: string
  readonly question: string
  readonly goesRecord: string
  readonly staysThere: string
  readonly cancel: string
  readonly done: string
}

/** The words of `<contact-settings>` that no failure, refusal or notice has. Sentences are whole; counts are contacts. */
export interface SettingsLabels {
  readonly heading: string
  readonly intro: string
  /** While the contacts of this device are being opened. */
  readonly opening: string
  /** How a person gives each command in the element, within a sentence. */
  readonly steps: Steps
  /** The buttons of the commands, as `steps` name them. */
  readonly commands: Readonly<Record<CommandType, string>>
  /** What a button does, where its label does not say it. */
  readonly hints: Readonly<Partial<Record<CommandType, string>>>
  readonly marks: Readonly<Record<AccountMark, string>>
  /** What can be imported from each source. */
  readonly about: Readonly<Record<Source, string>>
  /** The button that links each source; it contains the words of `commands.signIn`. */
  readonly signInWith: Readonly<Record<Source, string>>
  /** The same where the accounts are invented. */
  readonly signInDemo: Readonly<Record<Source, string>>
  readonly file: FileLabels
  readonly signInAgain: string
  readonly refreshAll: string
  readonly loadAgain: string
  readonly copy: string
  readonly copied: string
  readonly copyFailed: string
  readonly copyForAdministrator: string

  readonly consent: {
    readonly heading: string
    readonly preparing: (source: Source) => string
    /** The browser has no network, so it cannot be prepared. */
    readonly offline: string
    readonly inTab: (source: Source) => string
    /** The page cannot know whether the tab is still there. */
    readonly tabUnknown: (source: Source) => string
    readonly tabClosed: string
    readonly tabBlocked: string
    /** The system browser was asked to open the page. */
    readonly inBrowser: (source: Source) => string
    /** No browser could be opened. */
    readonly openYourself: (source: Source) => string
    readonly withCode: string
    readonly code: string
    readonly copyCode: string
    readonly openPage: string
    readonly openAgain: string
    readonly inThisTab: string
    /** `time`: `14:59`. */
    readonly timeLeft: (time: string) => string
    readonly startOver: string
    readonly startOverHint: string
    readonly tokensKeptIn: (file: string) => string
  }

  readonly fetch: {
    readonly importing: (source: Source) => string
    readonly importingHint: string
    readonly updating: (source: Source) => string
    readonly updatingHint: string
    readonly starting: string
    /** `folder`: as its owner named it. */
    readonly folder: (folder: string) => string
    readonly tryNow: string
  }

  /** `ago`: `5 minutes ago`. */
  readonly updated: (ago: string) => string
  readonly updatedNow: string
  /** `time`: a date with a time of day. */
  readonly signedInUntil: (time: string) => string
  readonly accessEnded: (source: Source) => string
  readonly lastUpdate: (counts: UpdateCounts) => string
  /** Why contacts are left out; `left`: how many. */
  readonly capped: (left: number, source: Source) => string
  readonly skipped: (count: number) => string
  /** A sentence of `skips`, with the folder that they are in. */
  readonly skippedIn: (skipped: string, folder: string) => string
  /** A sentence of `skips`, with the name of the file that it is about. */
  readonly skippedFile: (skipped: string, file: string) => string
  /** `happened`: the sentence of the failure. */
  readonly lastProblem: (ago: string, happened: string) => string

  readonly held: {
    readonly question: (removes: number, of: number) => string
    readonly gone: (source: Source) => string
    readonly names: string
    readonly showAll: (count: number) => string
    readonly noName: string
    readonly keep: string
    readonly kept: (count: number, source: Source) => string
    readonly look: string
  }

  readonly signOut: {
    readonly question: (source: Source) => string
    readonly goes: string
    readonly goesContacts: (count: number, source: Source) => string
    readonly goesSignIn: string
    /** What the person said of pairs of contacts, of which there is at least one. */
    readonly goesDecisions: (count: number) => string
    readonly stays: string
    readonly staysThere: (source: Source) => string
    readonly staysHere: string
    readonly cancel: string
    readonly done: (source: Source) => string
  }
}
