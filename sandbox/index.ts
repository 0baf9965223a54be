import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ADMIN_PATH, handleAdmin } from './admin.ts'
import { Entra } from './entra/entra.ts'
import { CLIENT_ID, SPA_CLIENT_ID } from './entra/apps.ts'
import { type SignInOptions, signInOptions } from './entra/sign-in-options.ts'
import { FaultRules } from './faults/fault-rules.ts'
import { GoogleBooks } from './google/contacts/google-books.ts'
import { Google, GOOGLE_PATH } from './google/google.ts'
import type { SandboxGoogle } from './google/sandbox-google.ts'
import { Graph } from './graph/graph.ts'
import { type IssueOptions, Tokens } from './graph/tokens.ts'
import type { LaterChange } from './mailbox/later-changes.ts'
import type { Mailbox } from './mailbox/mailbox.ts'
import { Mailboxes, type RememberedMailbox } from './mailbox/mailboxes.ts'
import { sendPage } from './pages/page.ts'
import { welcomePage } from './pages/welcome-page.ts'
import { defaultPeople, type Person } from './people.ts'
import { handleSignIn } from './sign-in-requests.ts'
import { RequestLog } from './request-log.ts'
import { robotPerson } from './robot.ts'
import { type SandboxSettings, Settings } from './settings.ts'

export { robotPerson, type RobotOptions, robotWalk, RobotLost } from './robot.ts'
export type { Fault } from './faults/fault.ts'
export type { GoogleContacts } from './google/contacts/google-contacts.ts'
export type { PersonFields, StoredPerson } from './google/contacts/google-person.ts'
export type { SandboxGoogle } from './google/sandbox-google.ts'
export type { ContactFields } from './mailbox/contact-fields.ts'
export type { Item, Folder } from './mailbox/item.ts'
export type { Mailbox } from './mailbox/mailbox.ts'
export type { LaterChange } from './mailbox/later-changes.ts'
export type { RememberedMailbox } from './mailbox/mailboxes.ts'
export type { Person } from './people.ts'
export type { LoggedRequest } from './request-log.ts'
export type { SandboxSettings, SettingsChange } from './settings.ts'

export interface SandboxOptions extends SandboxSettings {
  /** 0: any free port. */
  readonly port: number
  readonly people: readonly Person[]
  /** The origin of Graph's links, for clients that reach this Graph under another origin. Null: its own. */
  readonly linkOrigin: string | null
  /** Null: new mailboxes. Otherwise those of an earlier sandbox with the same settings: their delta tokens stay valid. */
  readonly remembered: RememberedMailbox | null
}

/** A running sandbox tenant. Methods that take the id of a person throw a `RangeError` for an unknown one. */
export interface Sandbox {
  /** `http://localhost:PORT` */
  readonly origin: string
  /** The app for programs. */
  readonly clientId: string
  /** The app for pages: its addresses are the setting `spaRedirects`. */
  readonly spaClientId: string
  /** For OpenID Connect clients: `http://localhost:PORT/common`. */
  readonly authority: string
  /** `http://localhost:PORT/v1.0` */
  readonly graphUrl: string
  /** For MSAL, instead of `authority`. */
  readonly signInOptions: SignInOptions
  readonly google: SandboxGoogle
  readonly settings: Settings
  /** Whether each fault of the settings has occurred as often as it should. False if none is set. */
  readonly faultsAreOver: boolean
  readonly people: readonly Person[]
  readonly requests: RequestLog
  readonly robot: typeof robotPerson
  /** The mailbox of a person, filled on first use. */
  mailbox(personId: string): Mailbox
  /** Adds, changes and removes contacts of a person now. */
  changeMailbox(personId: string, change: Omit<LaterChange, 'at'>): void
  /** Issues an access token without a sign-in, for clients that bring their own. */
  issueToken(personId: string, options?: IssueOptions): string
  /** Every token and code that was ever issued. Those of a refused sign-in must not be found anywhere. */
  issuedSecrets(): readonly string[]
  revokeConsent(personId: string): void
  revokeSessions(personId: string): void
  close(): Promise<void>
}

/**
 * Starts a stand-in for Microsoft 365 and Google on this machine: sign-in pages, a Graph and a People API with invented
 * contacts, for users without a tenant and for tests. Listens on 127.0.0.1 only.
 */
export const startSandbox = async (options: Partial<SandboxOptions> = {}): Promise<Sandbox> => {
  const { port = 0, people = defaultPeople, linkOrigin = null, remembered = null, ...chosen } = options
  const settings = new Settings()
  const faults = new FaultRules()
  settings.onChange((change) => {
    if (change.faults !== undefined) faults.replace(change.faults)
  })
  settings.change(chosen)

  const server = createServer()
  const origin = `http://localhost:${await listen(server, port)}`
  const [entra, mailboxes] = await Promise.all([
    Entra.start(origin, people, settings),
    Mailboxes.open(people, settings, remembered),
  ])
  const tokens = new Tokens((token) => entra.holder(token))
  const log = new RequestLog()
  const graph = new Graph({
    origin: linkOrigin ?? origin,
    settings,
    faults,
    tokens,
    log,
    mailboxOf: (person) => mailboxes.of(person),
  })

  const books = new GoogleBooks(people, settings, mailboxes, remembered)
  const google = new Google({ origin, people, settings, faults, log, books })

  const personOf = (id: string): Person => {
    const person = people.find((candidate) => candidate.id === id)
    if (person === undefined) throw new RangeError('No such person in the sandbox tenant')
    return person
  }
  const sandbox: Sandbox = {
    origin,
    clientId: CLIENT_ID,
    spaClientId: SPA_CLIENT_ID,
    authority: `${origin}/common`,
    graphUrl: `${origin}/v1.0`,
    signInOptions: signInOptions(origin),
    google: google.forPrograms(personOf),
    settings,
    get faultsAreOver() {
      return faults.areOver
    },
    people,
    requests: log,
    robot: robotPerson,
    mailbox: (personId) => {
      const mailbox = mailboxes.of(personOf(personId))
      if (mailbox === null) throw new RangeError('This person has no mailbox')
      return mailbox
    },
    changeMailbox: (personId, change) => mailboxes.change(sandbox.mailbox(personId), change),
    issueToken: (personId, issueOptions) => tokens.issue(personOf(personId), issueOptions),
    issuedSecrets: () => entra.issued(),
    revokeConsent: (personId) => entra.revokeConsent(personOf(personId)),
    revokeSessions: (personId) => entra.revokeSessions(personOf(personId)),
    close: () => close(server),
  }

  server.on('request', (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end(`The sandbox failed: ${String(error)}`)
    })
  })
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host = '', url = '/' } = { ...request.headers, url: request.url }
    // A website could make its own name resolve to this machine (DNS rebinding).
    if (![origin, origin.replace('localhost', '127.0.0.1')].includes(`http://${host}`))
      response.writeHead(421).end('This is a sandbox for programs on this machine.')
    else if (url.startsWith(ADMIN_PATH)) await handleAdmin(sandbox, request, response)
    else if (url.startsWith('/v1.0')) await graph.handle(request, response)
    else if (url.startsWith(GOOGLE_PATH)) await google.handle(request, response)
    else if (url === '/') sendPage(response, welcomePage(sandbox.graphUrl, people))
    else await handleSignIn({ entra, settings, faults, log }, request, response)
  }
  return sandbox
}

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
