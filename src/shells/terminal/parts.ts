import type { ContactBook, StoreReport } from '../../node.ts'
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
