/** device-contacts for Node: everything of `device-contacts`, and the parts for a program on this machine. */
import { realPath } from './adapters/files/real-path.ts'
import { googleSource, type GoogleSourceOptions } from './adapters/google/google.node.ts'
import type { NetworkEvents } from './adapters/http/connection/network-wait.ts'
import { keyFilesIn } from './adapters/keys/key-folder.ts'
import { tokenKeyOf, vaultOfFile } from './adapters/keys/vault-of-file.ts'
import { graphSources } from './adapters/microsoft365/graph-sources.ts'
import { microsoft365WithTokens as withTokens } from './adapters/microsoft365/microsoft365-with-tokens.ts'
import type { Microsoft365WithTokensOptions } from './adapters/microsoft365/microsoft365-with-tokens.ts'
import { accessTokenFile } from './adapters/sign-in/access-token-file.node.ts'
import { accountOfToken } from './adapters/microsoft365/sign-in/entra/claims.ts'
import { isOnThisMachine } from './adapters/microsoft365/sign-in/entra/authority-address.ts'
import { microsoftSignIn } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import type { MicrosoftSignInOptions } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { peopleContactSource } from './adapters/google/people/people-contact-source.ts'
import { systemFetch } from './adapters/network/system-fetch.ts'
import { secureFiles } from './adapters/stores/sqlite/file/safe-files.ts'
import { storeFiles, storeLockFiles } from './adapters/stores/sqlite/file/store-files.ts'
import { openSqliteStore } from './adapters/stores/sqlite/open-store.ts'
import { sqliteLocks } from './adapters/stores/sqlite/run-locks.ts'
import { systemBrowser } from './adapters/system/system-browser.ts'
import { keyFolder } from './doctor/erase-keys.ts'
import { type StoreBelongings, tokenFilesOf } from './doctor/token-files.ts'
import type { Finding } from './domain/findings.ts'
import type { BookStorage, LinkedSource } from './index.ts'

export * from './index.ts'
export { envelopeInspector } from './adapters/inspector/envelope-inspector.ts'
export type { InspectedEnvelope } from './adapters/inspector/envelope-inspector.ts'
export { InspectorUnavailable } from './adapters/inspector/inspector-unavailable.ts'
export { statelyInspector } from './adapters/inspector/stately-inspector.node.ts'
export type { ConnectedInspector } from './adapters/inspector/stately-inspector.node.ts'
export { outlookFiles } from './adapters/outlook/outlook-files.node.ts'
export type { OutlookFilesOptions } from './adapters/outlook/outlook-files.node.ts'
export type { MsalClientOptions } from './adapters/microsoft365/sign-in/entra/msal-client.ts'
export type { GoogleSourceOptions } from './adapters/google/google.node.ts'
export type { GoogleClientOptions } from './adapters/google/sign-in/google-scopes.ts'
export type { LoopbackSignInOptions } from './adapters/sign-in/loopback-sign-in.node.ts'
export type { MicrosoftSignInOptions } from './adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
export { deleteEverything } from './doctor/delete-everything.ts'
export type { Deletion } from './doctor/delete-everything.ts'
export { deleteStore } from './doctor/delete-store.ts'
export { eraseSecrets } from './doctor/erase-secrets.ts'
export { examineStore } from './doctor/examine-store.ts'
export { problemReport } from './doctor/problem-report.ts'
export type { ProblemReport } from './doctor/problem-report.ts'
export type { StoreFile, StoreReport } from './doctor/examine-store.ts'
export type { StoreBelongings } from './doctor/token-files.ts'
export type { LeftFile } from './doctor/remove-files.ts'

/** The worldwide Microsoft Graph. */
const GRAPH_URL = 'https://graph.microsoft.com'

/** How people sign in to Microsoft 365 from this machine. Only `clientId` is required. */
export interface Microsoft365Options extends Omit<
  MicrosoftSignInOptions,
  'openBrowser' | 'tokenFile' | 'fetch'
> {
  /**
   * Sends every request, to the authority as well as to Graph. Default: the runtime's own, through the proxy that
   * `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name, and with the certificates of the system if the runtime can read
   * them. Your own `fetch` decides about both itself.
   */
  readonly fetch?: typeof fetch
  /** Default: the system browser. */
  readonly openBrowser?: MicrosoftSignInOptions['openBrowser']
  /** Default: null, so that the person signs in once per process. */
  readonly tokenFile?: MicrosoftSignInOptions['tokenFile']
  /** Also reads numbers and dates that only Outlook shows: see `GraphContactSourceOptions`. Default: false. */
  readonly extendedProperties?: boolean
}

/**
 * A Microsoft 365 account of the person at this machine, who signs in with the system browser. `tokenFile` keeps the
 * sign-in between runs: it is created with mode 0600 and encrypted with a key in the key ring of the system, or in a file
 * beside it if the ring does not answer (not encrypted if `authority` is on this machine). Without it, the person signs in
 * once per process. Throws a `TypeError` for a missing `clientId`, and `ImportFailure` `app-misconfigured` for a `graphUrl`
 * to which no token may be sent.
 */
export const microsoft365 = (options: Microsoft365Options): LinkedSource => {
  const { clientId, graphUrl = GRAPH_URL, extendedProperties = false }: Partial<Microsoft365Options> = options
  const { fetch = systemFetch(), network = null } = options
  if (typeof clientId !== 'string' || clientId.trim() === '')
    throw new TypeError(
      'microsoft365({ clientId }): clientId is missing. Give the application (client) ID of your app registration in Microsoft Entra.',
    )
  const signIn = microsoftSignIn({
    tokenFile: null,
    ...tokenKey(options),
    ...(options.tokenFile != null && { tokenLocks: sqliteLocks(options.tokenFile) }),
    openBrowser: systemBrowser,
    ...options,
    fetch,
  })
  const sources = graphSources({ graphUrl, tokens: signIn, extendedProperties, fetch, network })
  return { source: 'microsoft365', signIn, ...sources }
}

/** Tokens of a test authority on this machine need no encryption, and tests must not use the person's key ring. */
const tokenKey = ({ tokenFile, authority = '' }: Pick<Microsoft365Options, 'tokenFile' | 'authority'>) =>
  tokenFile == null || isOnThisMachine(authority) ? {} : tokenKeyOf(tokenFile)

/**
 * As `microsoft365WithTokens` of `device-contacts`, but by default with the `fetch` of `microsoft365`, which knows the proxy
 * of this machine.
 */
export const microsoft365WithTokens = (options: Microsoft365WithTokensOptions): LinkedSource =>
  withTokens({ fetch: systemFetch(), ...options })

/** The file with the access token, and the Graph that it is for. */
export interface Microsoft365WithTokenFileOptions {
  /** A text file that contains an access token. It is read again when Graph refuses the token. */
  readonly tokenFile: string
  /** Default: `https://graph.microsoft.com`. */
  readonly graphUrl?: string
  /** Also reads numbers and dates that only Outlook shows: see `GraphContactSourceOptions`. Default: false. */
  readonly extendedProperties?: boolean
  /** Sends every request. Default: see `Microsoft365Options`. */
  readonly fetch?: typeof fetch
  /** Ends waits for the network early. Default: null, so that they last as long as planned. */
  readonly network?: NetworkEvents | null
}

/**
 * The contacts of a Graph-compatible server, read with an access token that the person or another program keeps in a file.
 * If the file has no usable token, the attempt fails as `sign-in-expired`.
 */
export const microsoft365WithTokenFile = ({
  tokenFile,
  graphUrl = GRAPH_URL,
  extendedProperties = false,
  fetch = systemFetch(),
  network = null,
}: Microsoft365WithTokenFileOptions): LinkedSource => {
  const signIn = accessTokenFile({ tokenFile, accountOf: accountOfToken })
  const sources = graphSources({ graphUrl, tokens: signIn, extendedProperties, fetch, network })
  return { source: 'microsoft365', signIn, ...sources }
}

/** How people sign in to Google from this machine. Only `clientId` is required; Google demands `clientSecret` with most of them. */
export interface GoogleOptions extends Omit<GoogleSourceOptions, 'openBrowser' | 'tokenFile' | 'fetch'> {
  /** Sends every request. Default: see `Microsoft365Options`. */
  readonly fetch?: typeof fetch
  /** Default: the system browser. */
  readonly openBrowser?: GoogleSourceOptions['openBrowser']
  /** Default: null, so that the person signs in once per process. Not the file of another source. */
  readonly tokenFile?: GoogleSourceOptions['tokenFile']
}

/**
 * A Google account of the person at this machine, who signs in with the system browser. `tokenFile` keeps the sign-in between runs,
 * as that of `microsoft365` does. Throws a `TypeError` for a missing `clientId`, and `ImportFailure` `app-misconfigured` for a
 * `peopleUrl` to which no token may be sent.
 */
export const google = (options: GoogleOptions): LinkedSource => {
  const { clientId }: Partial<GoogleOptions> = options
  if (typeof clientId !== 'string' || clientId.trim() === '')
    throw new TypeError(
      'google({ clientId }): clientId is missing. Give the client ID of your Google Cloud project.',
    )
  return googleSource({
    tokenFile: null,
    ...tokenKey(options),
    ...(options.tokenFile != null && { tokenLocks: sqliteLocks(options.tokenFile) }),
    openBrowser: systemBrowser,
    fetch: systemFetch(),
    ...options,
  })
}

/** The file with the access token, and the People API that it is for. */
export interface GoogleWithTokenFileOptions {
  /** A text file that contains an access token. It is read again when Google refuses the token. */
  readonly tokenFile: string
  /** Default: `https://people.googleapis.com`. Plain http on this device only. */
  readonly peopleUrl?: string
  /** Sends every request. Default: see `Microsoft365Options`. */
  readonly fetch?: typeof fetch
  /** Ends waits for the network early. Default: null, so that they last as long as planned. */
  readonly network?: NetworkEvents | null
}

/**
 * The contacts of a Google account, read with an access token that the person or another program keeps in a file. If the file has
 * no usable token, the attempt fails as `sign-in-expired`.
 */
export const googleWithTokenFile = ({
  tokenFile,
  peopleUrl,
  fetch = systemFetch(),
  network = null,
}: GoogleWithTokenFileOptions): LinkedSource => {
  const signIn = accessTokenFile({ tokenFile })
  const url = peopleUrl === undefined ? {} : { peopleUrl }
  return {
    source: 'google',
    signIn,
    contacts: peopleContactSource({ tokens: signIn, fetch, network, ...url }),
  }
}

/** Where the keys of a store are kept, and what else belongs to it. */
export interface SqliteStorageOptions extends StoreBelongings {
  /**
   * Whether new keys may go to the key ring of the system. If not, or if it does not answer, they are files in
   * `<file>.keys`. Default: true.
   */
  readonly keyRing?: boolean
}

/** A book's storage in a file, and what was found about the file when it was opened. */
export interface SqliteStorage extends BookStorage {
  /**
   * What the person should know: which of their files others could read until now (`permissions-narrowed`), and which
   * belong to another user (`owned-by-another`). `explainFinding` of `device-contacts/messages` puts each into words.
   */
  readonly findings: readonly Finding[]
}

/**
 * Keeps a book in one SQLite file, created with mode 0600 if it does not exist, and encrypts all personal data in it.
 * Uses the SQLite of the runtime (Node 22.13 and later), otherwise libsql. Locks and keys belong to the file, whatever path
 * or link leads to it. Throws `ImportFailure` with a `storage-…` code if the file cannot be used; the file is then not
 * changed. Once the path leads to another file or to none, writes fail as `storage-replaced`.
 */
export const sqliteStorage = async (
  file: string,
  { keyRing = true, tokenFile }: SqliteStorageOptions = {},
): Promise<SqliteStorage> => {
  const events = await openSqliteStore(file)
  const location = events.location ?? file
  const tokens = tokenFilesOf({ tokenFile }).map(realPath)
  const keyFiles = await keyFilesIn(keyFolder(location))
  const files = [...(await storeFiles(location)), ...(await storeLockFiles(location)), ...keyFiles, ...tokens]
  return {
    events,
    locks: sqliteLocks(location),
    keys: vaultOfFile(location, { keyRing }),
    findings: secureFiles(files),
  }
}
