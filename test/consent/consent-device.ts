import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { RobotOptions, Sandbox } from '../../sandbox/index.ts'
import { robotWalk } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import type { MicrosoftSignInOptions } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { microsoftSignIn } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import type { CommandType, ContactBook, LinkedAccountView, StartResult } from '../../src/node.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import { Arrivals } from '../../src/testing/arrivals.ts'
import { newFolder } from '../temp-folder.ts'

const source = 'microsoft365'

/** A sign-in under way, and the person in front of its tab. */
export interface OpenTab {
  readonly attempt: string
  readonly address: string
  /** Walks through the pages. Resolves to the text of the last one. */
  visit(options?: Partial<RobotOptions>): Promise<string>
}

/** A device that imports from the sandbox tenant. Only the person and Microsoft are simulated. */
export class ConsentDevice {
  readonly sandbox: Sandbox
  readonly folder: string
  readonly book: ContactBook
  readonly #tabs: Arrivals<string>
  readonly #signIn: ReturnType<typeof microsoftSignIn>

  private constructor(parts: Parts) {
    this.sandbox = parts.sandbox
    this.folder = parts.folder
    this.book = parts.book
    this.#tabs = parts.tabs
    this.#signIn = parts.signIn
  }

  static async open(sandbox: Sandbox, options: Partial<MicrosoftSignInOptions> = {}) {
    const folder = await newFolder()
    const tabs = new Arrivals<string>()
    const signIn = microsoftSignIn({
      ...sandbox.signInOptions,
      graphUrl: sandbox.graphUrl,
      tokenFile: join(folder, 'tokens.json'),
      openBrowser: async (address) => {
        tabs.add(address)
        return true
      },
      ...options,
    })
    const contacts = graphContactSource({ graphUrl: sandbox.graphUrl, tokens: signIn })
    const book = await openContactBook({
      store: await sqliteStorage(join(folder, 'contacts.db'), { keyRing: false }),
      sources: [{ source, signIn, contacts }],
    })
    return new ConsentDevice({ sandbox, folder, book, tabs, signIn })
  }

  close(): Promise<void> {
    return this.book.close()
  }

  /** Begins an attempt that opens a tab. */
  async begin(command: 'signIn' | 'restart' = 'signIn'): Promise<OpenTab> {
    const attempt = attemptOf(await this.book[command](source))
    const address = await this.#tabs.next()
    return {
      attempt,
      address,
      visit: (options = {}) => robotWalk(address, { decision: 'accept', ...options }),
    }
  }

  /** Runs an attempt to its end: its outcome, the last text of its tab, and the pages that the person visited. */
  async attempt(command: 'signIn' | 'restart' = 'signIn', options: Partial<RobotOptions> = {}) {
    const pages: string[] = []
    const tab = await this.begin(command)
    const page = await tab.visit({ ...options, onPage: ({ name }) => name !== '' && pages.push(name) })
    return { ...(await this.book.outcome(tab.attempt)), page, pages }
  }

  /** Runs an attempt that does not involve the person. */
  async silently(command: 'restart' | 'refresh') {
    const outcome = await this.book.outcome(attemptOf(await this.book[command](source)))
    if (this.#tabs.size > 0) throw new Error('a tab was opened')
    return outcome
  }

  get account(): LinkedAccountView {
    const found = this.book.accounts.get().find((account) => account.source === source)
    if (!found) throw new Error('not shown')
    return found
  }

  /** The commands that are allowed now, besides `signOut`. */
  get allowed(): readonly CommandType[] {
    const { commands } = this.account
    return (Object.keys(commands) as CommandType[]).filter(
      (command) => command !== 'signOut' && commands[command] === null,
    )
  }

  get contacts(): number {
    return this.book.contacts.get().length
  }

  /** The envelopes of an attempt, by type. */
  async recorded(attempt: string): Promise<readonly string[]> {
    const types: string[] = []
    for await (const event of this.book.events()) if (event.attempt === attempt) types.push(event.type)
    return types
  }

  /** Whether the device has access without asking the person. */
  hasAccess(): Promise<boolean> {
    return this.#signIn.accessToken({ signal: AbortSignal.timeout(30_000) }).then(Boolean, () => false)
  }

  /** Tokens and codes of the sandbox whose bytes are in any file of this device. */
  async secretsOnDisk(): Promise<readonly string[]> {
    const files = await readdir(this.folder, { recursive: true, withFileTypes: true })
    const contents = await Promise.all(
      files
        .filter((file) => file.isFile())
        // The vault writes a new key to a temporary file, which may be gone by now.
        .map((file) => readFile(join(file.parentPath, file.name)).catch(() => null)),
    )
    return this.sandbox
      .issuedSecrets()
      .filter((secret) => contents.some((content) => content?.includes(secret)))
  }
}

interface Parts extends Pick<ConsentDevice, 'sandbox' | 'folder' | 'book'> {
  readonly tabs: Arrivals<string>
  readonly signIn: ReturnType<typeof microsoftSignIn>
}

const attemptOf = (started: StartResult): string => {
  if (!started.ok) throw new Error(started.refusal)
  return started.attempt
}
