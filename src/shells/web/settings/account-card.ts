import { isImportFailure, isSignOutFailure } from '../../../index.ts'
import type {
  ClientAccount,
  CommandType,
  ContactsClient,
  FailureCode,
  FailureDetails,
  RefusalCode,
  Row,
  SignOutStep,
  SkippedContact,
  Source,
} from '../../../index.ts'
import type { FileChoice } from './file-choice.ts'
import type { SignInWay } from './sign-in-way.ts'

/** Why the last command had no effect. */
export type Problem =
  | { readonly refusal: RefusalCode; readonly left: readonly SignOutStep[] }
  | { readonly code: FailureCode; readonly details: FailureDetails; readonly left: readonly SignOutStep[] }

/** The part of the element that a card needs. */
export interface CardHost {
  client(): ContactsClient | null
  way(source: Source): SignInWay | null
  /** How the contacts of this source come from chosen files; null: they do not. */
  files(source: Source): FileChoice | null
  /** Asks the person for files. Within a click. */
  pickFiles(source: Source): void
  /** Draws the element again. */
  changed(): void
  /** Says to the app that a command is about to be given. False: the app gives it itself. */
  isWanted(command: CommandType, source: Source): boolean
  askSignOut(source: Source): void
  /** Says to the app which held removal the person does not want now. */
  kept(attempt: string | null, source: Source): void
}

/** Names that a held removal shows at first. */
const FIRST_NAMES = 6

/** What one account of `<contact-settings>` remembers, and what its buttons do. */
export class AccountCard {
  readonly source: Source
  /** The command that waits for its answer. */
  pending: CommandType | null = null
  problem: Problem | null = null
  /** What became of the tab that the last click opened. */
  tab: 'opened' | 'blocked' | null = null
  /** The text that was to be copied last, and whether it is in the clipboard. */
  copied: { readonly text: string; readonly isDone: boolean } | null = null
  /** Contacts that a held removal would remove: the first ones, or all. */
  held: readonly Row[] = []
  /** The attempt whose held removal the person does not want now. */
  keptAttempt: string | null = null
  skipped: readonly SkippedContact[] | null = null
  /** The names of the files that this element has taken last. */
  chosen: readonly string[] | null = null
  /** Files are being dragged over the card. */
  isOver = false
  readonly #host: CardHost
  #attempt: string | null = null
  #heldAttempt: string | null = null

  constructor(source: Source, host: CardHost) {
    this.source = source
    this.#host = host
  }

  /** The account has changed. */
  follow({ attempt, state, held, commands }: ClientAccount): void {
    if (attempt !== null && attempt.id !== this.#attempt) {
      this.#attempt = attempt.id
      this.skipped = null
    }
    const heldAttempt = state === 'failed' && held !== null ? (attempt?.id ?? null) : null
    if (heldAttempt !== this.#heldAttempt) {
      this.#heldAttempt = heldAttempt
      this.held = []
      if (heldAttempt !== null) void this.showHeld(FIRST_NAMES)
    }
    const returned = this.#host.way(this.source)?.returned ?? null
    // The page went to the sign-in page itself, and is back.
    if (
      returned !== null &&
      !answered.has(returned) &&
      returned.attempt === attempt?.id &&
      commands.restart === null
    ) {
      answered.add(returned)
      returned.use()
      void this.#send('restart', null)
    }
  }

  /** A press of the button of a command. Opens a tab, if the command needs one, before anything is awaited. */
  press(command: CommandType): void {
    if (this.pending !== null) return
    const isFile = this.#host.files(this.source) !== null
    if (command === 'signOut') this.#host.askSignOut(this.source)
    else if (isFile && (command === 'signIn' || command === 'restart')) this.#host.pickFiles(this.source)
    else this.give(command)
  }

  /** Imports the files that the person has chosen or dropped; of a folder without files, the failure tells the person. */
  take(files: readonly File[], { commands }: ClientAccount): void {
    const choice = this.#host.files(this.source)
    const command = commands.signIn === 'restart-first' || commands.restart === null ? 'restart' : 'signIn'
    if (choice === null || this.pending !== null) return
    choice.choose(files)
    if (commands[command] === null) this.chosen = files.map(({ name }) => name)
    if (!this.#host.isWanted(command, this.source)) return
    void this.#send(command, null)
  }

  drag(isOver: boolean): void {
    if (this.isOver === isOver) return
    this.isOver = isOver
    this.#host.changed()
  }

  /** Gives a command; a sign-out without asking again. */
  give(command: CommandType): void {
    if (!this.#host.isWanted(command, this.source)) return
    void this.#send(command, command === 'signIn' || command === 'restart' ? this.openTab() : null)
  }

  /** Ends the sign-in under way and begins a new one with the full time. */
  async startOver(): Promise<void> {
    const client = this.#host.client()
    if (client === null || this.pending !== null || !this.#host.isWanted('restart', this.source)) return
    this.pending = 'restart'
    // Aborts the old sign-in before the tab opens, so that the tab belongs to the new one.
    const cancelled = client.run('cancel', this.source)
    const tab = this.openTab()
    await cancelled.catch(() => undefined)
    await this.#send('restart', tab)
  }

  openTab(): ReturnType<SignInWay['openSignInTab']> | null {
    const tab = this.#host.way(this.source)?.openSignInTab() ?? null
    this.tab = tab && (tab.isBlocked ? 'blocked' : 'opened')
    this.#host.changed()
    return tab
  }

  continueInThisTab(): void {
    this.#host.way(this.source)?.continueInThisTab()
  }

  async retryNow(): Promise<void> {
    await this.#host.client()?.retryNow(this.source)
  }

  /** Loads names of a held removal, up to this many. */
  async showHeld(count: number): Promise<void> {
    this.held = await this.#read(count, this.held, (client, from, to) => client.held(this.source, from, to))
    this.#host.changed()
  }

  async showSkipped(count: number): Promise<void> {
    if (this.skipped !== null) return
    this.skipped = await this.#read(count, [], (client, from, to) => client.skipped(this.source, from, to))
    this.#host.changed()
  }

  keep(attempt: string | null): void {
    this.keptAttempt = attempt
    this.#host.kept(attempt, this.source)
    this.#host.changed()
  }

  /** Resolves to whether the text is in the clipboard. */
  async copy(text: string): Promise<boolean> {
    let isDone = true
    try {
      // Absent without a secure connection.
      await navigator.clipboard.writeText(text)
    } catch {
      isDone = false
    }
    this.copied = { text, isDone }
    this.#host.changed()
    return isDone
  }

  /** Reads on, as much as one call gives at a time. If a call fails, what there is stays. */
  async #read<T>(
    count: number,
    known: readonly T[],
    read: (client: ContactsClient, from: number, to: number) => Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    const client = this.#host.client()
    let all = known
    while (client !== null && all.length < count) {
      const more = await read(client, all.length, count).catch((): readonly T[] => [])
      if (more.length === 0) break
      all = [...all, ...more]
    }
    return all
  }

  async #send(command: CommandType, tab: ReturnType<AccountCard['openTab']>): Promise<void> {
    const client = this.#host.client()
    if (client === null) return
    this.pending = command
    this.problem = null
    this.#host.changed()
    try {
      const result = await client.run(command, this.source)
      if (!result.ok)
        this.problem = { refusal: result.refusal, left: ('left' in result && result.left) || [] }
    } catch (error) {
      const { code, details } = isImportFailure(error) ? error : { code: 'internal' as const, details: {} }
      this.problem = { code, details, left: isSignOutFailure(error) ? error.left : [] }
    }
    if (this.problem !== null) tab?.close()
    this.pending = null
    this.#host.changed()
  }
}

/** Sign-ins that came back and were continued, by any element of the page. */
const answered = new WeakSet<object>()
