import type { ContactBook, Finding, Source } from '../../index.ts'
import type { Options, SandboxChoices } from './arguments/options.ts'

/**
 * What the contacts are opened for. `begin` may make a store, and joins the sandbox tenant where no other was
 * named; `continue` goes on with what is there; `look` neither signs in nor asks a service for anything.
 */
export type Purpose = 'begin' | 'continue' | 'look'

export interface OpenedBook {
  readonly book: ContactBook
  /** The file that holds the contacts. */
  readonly store: string
  /** False where there is no such file: it reads as one without contacts. */
  readonly storeExists: boolean
  /** Whom the contacts come from. `null`: nobody was named, and nobody is asked. */
  readonly tenant: 'own' | 'sandbox' | null
  /** Who walks through the sign-in pages; a brought token needs nobody. */
  readonly signsIn: 'person' | 'robot' | 'nobody'
  /** Where an administrator may approve the app. */
  readonly adminConsentLink: string | undefined
  /** Options that another command needs to find the same contacts and the same tenant. */
  readonly again: { readonly store: readonly string[]; readonly tenant: readonly string[] }
  close(): Promise<void>
}

export interface RunningTenant {
  readonly origin: string
  readonly clientId: string
  readonly authority: string
  readonly graphUrl: string
  close(): Promise<void>
}

export interface StoreFile {
  readonly name: string
  readonly bytes: number
  /** Permissions, octal (`600`); null where the system has no such thing. */
  readonly mode: string | null
}

/** What an examination of a store came to. No personal data. */
export interface StoreReport {
  readonly store: string
  /** None: it is all right. */
  readonly findings: readonly Finding[]
  readonly files: readonly StoreFile[]
  /** Null where they could not be counted, as are payloads. */
  readonly events: number | null
  readonly payloads: number | null
  /** On the device, for each source that has a list. */
  readonly contacts: Readonly<Partial<Record<Source, number>>>
  /** Sources that another process imports from right now. */
  readonly running: readonly Source[]
}

/** The ready-made parts that the terminal shell is handed. All throw `UsageError` for what cannot be. */
export interface TerminalParts {
  readonly version: string
  /** The file that holds the contacts where no other is named. */
  readonly defaultStore: string
  openBook(options: Options, purpose: Purpose): Promise<OpenedBook>
  /** Looks at a store and all that belongs to it, without changing any of it. */
  examineStore(store: string): Promise<StoreReport>
  /**
   * Removes tokens and store where the store itself cannot be told to any more. Resolves to the paths of what
   * is gone; null: another process imports, so nothing is. Throws `ImportFailure` `storage-foreign` where it
   * cannot be seen that the file is ours.
   */
  deleteStore(store: string): Promise<readonly string[] | null>
  startTenant(choices: SandboxChoices, port: number | undefined): Promise<RunningTenant>
}
