import type {
  ContactBook,
  ContactsClientOptions,
  Deletion,
  Finding,
  SignOutStep,
  Source,
  StoreReport,
} from '../../node.ts'
import type { Options } from './arguments/options.ts'
import type { Extension } from './extension.ts'
import type { Output } from './output/output.ts'

/**
 * The purpose for which the book is opened. `begin` may create a store; `serve` may too, and keeps an existing one; `continue`
 * works on an existing one; `look` neither signs in nor calls a service.
 */
export type Purpose = 'begin' | 'serve' | 'continue' | 'look'

/** How the page of a book is served. */
export interface ServedPageOptions extends Required<ContactsClientOptions> {
  /** Default: any free one. */
  readonly port?: number | undefined
  /** What the page shows first: My Contacts (default), or states and events. */
  readonly view?: 'inside' | undefined
}

/** A page that this program serves to a browser on this machine. */
export interface ServedPage {
  /** The address to open. It works once. */
  readonly address: string
  close(): Promise<void>
}

export interface OpenedBook {
  readonly book: ContactBook
  /** The file that stores the contacts. */
  readonly store: string
  /** False if the file does not exist: the book is empty then. */
  readonly storeExists: boolean
  /** What was found about the files when they were opened. */
  readonly findings: readonly Finding[]
  /** Whether new keys may go to the key ring. */
  readonly keyRing: boolean
  /** False if it is not known how to sign in to this source, so that its service is not called. */
  readonly hasTenant: (source: Source) => boolean
  /** Who signs in; `nobody` with a token file. */
  readonly signsIn: 'person' | 'robot' | 'nobody'
  /** Where an administrator can approve the app. */
  readonly adminConsentLink: string | undefined
  /** Options with which another command finds the same contacts and the same tenant. */
  readonly again: { readonly store: readonly string[]; readonly tenant: readonly string[] }
  readonly remarks: {
    /** Whether the contacts are for trying out only. */
    readonly isInvented: boolean
    /** A sentence that says so; null if the contacts are real. */
    readonly sentence: string | null
    /** Other contacts that the command would show if these did not exist. */
    readonly others: { readonly sentence: string; readonly store: string } | null
  }
  /** Called when attempts start: prints what the person should know about the tenant. */
  announce?(output: Output, isSigningIn: boolean): void
  /** Called before a sign-out: the sign-in tabs of earlier commands are no longer answered. */
  forgetTabs(): void
  close(): Promise<void>
}

/** The parts from which the terminal shell is built. All throw `UsageError` for impossible options. */
export interface TerminalParts {
  readonly version: string
  /** The store of a command line: the one that it names, or the default. */
  storeOf(options: Options, command: string): Promise<string>
  openBook(store: string, options: Options, purpose: Purpose): Promise<OpenedBook>
  /** `examineStore` of the library, with the token file of the store. */
  examineStore(store: string): Promise<StoreReport>
  /** `deleteStore` of the library, with everything that belongs to the store. */
  deleteStore(store: string): Promise<readonly string[] | null>
  /**
   * `deleteEverything` of the library, with everything that belongs to the store. If the command line names no store, it
   * also deletes the other default stores.
   */
  deleteEverything(store: string, options: Options): Promise<Deletion>
  /** `eraseSecrets` of the library. */
  eraseSecrets(store: string): Promise<readonly SignOutStep[] | null>
  /** Serves the page of a book on this machine. */
  servePage(opened: OpenedBook, options: ServedPageOptions): Promise<ServedPage>
  /** Opens an address in the browser of the person; false: there is none, or they could not see it. */
  openBrowser(address: string): Promise<boolean>
  readonly extension: Extension
}
