/** device-contacts for Node: everything of `device-contacts`, and the parts for a program on this machine. */
import { graphContactSource } from './adapters/microsoft365/mailbox/graph-contact-source.ts'
import { accessTokenFile } from './adapters/microsoft365/sign-in/access-token-file.ts'
import { isOnThisMachine } from './adapters/microsoft365/sign-in/entra/authority.ts'
import { microsoftSignIn } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import type { MicrosoftSignInOptions } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { openSqliteStore } from './adapters/stores/sqlite/open-store.ts'
import { sqliteLocks } from './adapters/stores/sqlite/run-locks.ts'
import { systemBrowser } from './adapters/system/system-browser.ts'
import { systemKeyStore } from './adapters/system/system-key-store.ts'
import type { BookStorage, LinkedSource } from './index.ts'

export * from './index.ts'
export { envelopeInspector } from './adapters/inspector/envelope-inspector.ts'
export type { InspectedEnvelope } from './adapters/inspector/envelope-inspector.ts'
export { InspectorUnavailable } from './adapters/inspector/inspector-unavailable.ts'
export { statelyInspector } from './adapters/inspector/stately-inspector.node.ts'
export type { ConnectedInspector } from './adapters/inspector/stately-inspector.node.ts'
export type { MsalClientOptions } from './adapters/microsoft365/sign-in/entra/msal-client.ts'
export type { MicrosoftSignInOptions } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
export { deleteStore } from './doctor/delete-store.ts'
export { examineStore } from './doctor/examine-store.ts'
export type { StoreBelongings, StoreFile, StoreReport } from './doctor/examine-store.ts'
export type { KeyStore } from './ports/key-store.ts'

/** The worldwide Microsoft Graph. */
const GRAPH_URL = 'https://graph.microsoft.com'

/** How people sign in to Microsoft 365 from this machine. Only `clientId` is required. */
export interface Microsoft365Options extends Omit<MicrosoftSignInOptions, 'openBrowser' | 'tokenFile'> {
  /** Default: the system browser. */
  readonly openBrowser?: MicrosoftSignInOptions['openBrowser']
  /** Default: null, so that the person signs in once per process. */
  readonly tokenFile?: MicrosoftSignInOptions['tokenFile']
  /** Also reads numbers and dates that only Outlook shows: see `GraphContactSourceOptions`. Default: false. */
  readonly extendedProperties?: boolean
}

/**
 * A Microsoft 365 account of the person at this machine, who signs in with the system browser. `tokenFile`
 * keeps the sign-in between runs: it is created with mode 0600 and encrypted with a key in the key store of
 * the system if there is one (not if `authority` is on this machine). Without it, the person signs in once
 * per process. Throws a `TypeError` for a missing `clientId`, and `ImportFailure` `app-misconfigured` for a
 * `graphUrl` that no token may be sent to.
 */
export const microsoft365 = (options: Microsoft365Options): LinkedSource => {
  const { clientId, graphUrl = GRAPH_URL, extendedProperties = false }: Partial<Microsoft365Options> = options
  if (typeof clientId !== 'string' || clientId.trim() === '')
    throw new TypeError(
      'microsoft365({ clientId }): clientId is missing. Give the application (client) ID of your app registration in Microsoft Entra.',
    )
  const signIn = microsoftSignIn({
    tokenFile: null,
    // A stand-in on this machine issues nothing worth guarding, and tests leave the person's key ring alone.
    keyStore: isOnThisMachine(options.authority ?? '') ? null : systemKeyStore,
    openBrowser: systemBrowser,
    ...options,
  })
  const contacts = graphContactSource({ graphUrl, tokens: signIn, extendedProperties })
  return { source: 'microsoft365', signIn, contacts }
}

/** The file with the access token, and the Graph that it is for. */
export interface Microsoft365WithTokenFileOptions {
  /** A text file with an access token in it. It is read again when Graph refuses the token. */
  readonly tokenFile: string
  /** Default: `https://graph.microsoft.com`. */
  readonly graphUrl?: string
  /** Also reads numbers and dates that only Outlook shows: see `GraphContactSourceOptions`. Default: false. */
  readonly extendedProperties?: boolean
}

/**
 * The contacts of a Graph-compatible server, with an access token that the person or another program keeps in
 * a file. A file without a usable token fails the attempt as `sign-in-expired`.
 */
export const microsoft365WithTokenFile = ({
  tokenFile,
  graphUrl = GRAPH_URL,
  extendedProperties = false,
}: Microsoft365WithTokenFileOptions): LinkedSource => {
  const signIn = accessTokenFile({ tokenFile })
  const contacts = graphContactSource({ graphUrl, tokens: signIn, extendedProperties })
  return { source: 'microsoft365', signIn, contacts }
}

/**
 * Keeps a book in one SQLite file, created with mode 0600 if it does not exist. Uses the SQLite of the runtime
 * (Node 22.13 and later), otherwise libsql. Throws `ImportFailure` with a `storage-…` code if the file cannot
 * be used; the file is not changed then.
 */
export const sqliteStorage = async (file: string): Promise<BookStorage> => ({
  events: await openSqliteStore(file),
  locks: sqliteLocks(file),
})
