/** device-contacts for Node: the book with the parts that a program on this machine needs. */
import { memoryLocks } from './adapters/locks/memory/memory-locks.ts'
import { graphContactSource } from './adapters/microsoft365/mailbox/graph-contact-source.ts'
import { isOnThisMachine } from './adapters/microsoft365/sign-in/entra/authority.ts'
import { accessTokenFile } from './adapters/microsoft365/sign-in/access-token-file.ts'
import { microsoftSignIn } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import type { MicrosoftSignInOptions } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { memoryStore } from './adapters/stores/memory/memory-store.ts'
import { sqliteLocks } from './adapters/stores/sqlite/run-locks.ts'
import { openSqliteStore } from './adapters/stores/sqlite/open-store.ts'
import { systemBrowser } from './adapters/system/system-browser.ts'
import { systemKeyStore } from './adapters/system/system-key-store.ts'
import { systemClock } from './adapters/system/system-clock.ts'
import { openContactBook as openBook } from './index.ts'
import type { ContactBook, ContactBookOptions, LinkedSource, BookStorage } from './index.ts'

export * from './index.ts'
export { envelopeInspector } from './adapters/inspector/envelope-inspector.ts'
export { statelyInspector } from './adapters/inspector/stately-inspector.node.ts'

/** The worldwide Microsoft Graph. */
const GRAPH_URL = 'https://graph.microsoft.com'

export type Microsoft365Options = Omit<MicrosoftSignInOptions, 'openBrowser' | 'tokenFile'> &
  Partial<Pick<MicrosoftSignInOptions, 'openBrowser' | 'tokenFile'>>

/**
 * A Microsoft 365 account of the person at this machine, who signs in with the system browser. `tokenFile`
 * keeps the sign-in between runs (created with mode 0600, and sealed with a key in the key store of the system
 * where there is one, unless `authority` is on this very machine); without it the person signs in each time.
 */
export const microsoft365 = (options: Microsoft365Options): LinkedSource => {
  const signIn = microsoftSignIn({
    tokenFile: null,
    // The key ring of whoever runs a test is left alone.
    keyStore: isOnThisMachine(options.authority ?? '') ? null : systemKeyStore,
    openBrowser: systemBrowser,
    ...options,
  })
  const contacts = graphContactSource({ graphUrl: options.graphUrl ?? GRAPH_URL, tokens: signIn })
  return { source: 'microsoft365', signIn, contacts }
}

/** The contacts of any Graph-compatible server, with an access token that the caller keeps in a file. */
export const microsoft365WithToken = (options: {
  readonly tokenFile: string
  readonly graphUrl?: string
}): LinkedSource => {
  const signIn = accessTokenFile(options)
  const contacts = graphContactSource({ graphUrl: options.graphUrl ?? GRAPH_URL, tokens: signIn })
  return { source: 'microsoft365', signIn, contacts }
}

/**
 * Keeps a book in one SQLite file, made where there is none. Uses the SQLite of the runtime (Node 22.13 and
 * later), else libsql. Throws `ImportFailure` `storage-…` where the file cannot be used; it is never touched then.
 */
export const sqliteStorage = async (file: string): Promise<BookStorage> => ({
  events: await openSqliteStore(file),
  locks: sqliteLocks(file),
})

/** Keeps a book as long as the process lives. */
export const memoryStorage = (): BookStorage => ({ events: memoryStore(), locks: memoryLocks() })

/** `openContactBook` with the clock of this machine. */
export const openContactBook = (
  options: Omit<ContactBookOptions, 'clock'> & Partial<Pick<ContactBookOptions, 'clock'>>,
): Promise<ContactBook> => openBook({ clock: systemClock, ...options })
