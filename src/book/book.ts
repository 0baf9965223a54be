import { SerialQueue } from '../async/serial-queue.ts'
import { goneFrom } from '../domain/compare-lists.ts'
import type { Contact, ContactKey } from '../domain/contact.ts'
import type { Envelope } from '../domain/events.ts'
import type { Photo } from '../domain/photo.ts'
import type { Source } from '../domain/source.ts'
import type { KeyPlace } from '../ports/key-vault.ts'
import { emptyList } from '../projections/contact-lists.ts'
import { Commands } from './commands.ts'
import type {
  CommandResult,
  ContactBook,
  ContactBookOptions,
  Resumed,
  SourceResult,
  StartResult,
} from './contact-book.ts'
import type { BookState } from './log/book-state.ts'
import type { LinkingKeys } from './log/linking-keys.ts'
import { Log } from './log/log.ts'
import { Recorder } from './log/recorder.ts'
import type { OlderLists } from './maintenance/older-lists.ts'
import { Remains } from './maintenance/remains.ts'
import { loadOnUse } from './load-on-use.ts'
import { Supervisor } from './supervisor.ts'
import type { BookCore } from './book-core.ts'
import { RunLockKeeper } from './tasks/run-lock-keeper.ts'
import type { Outcome } from './views/outcomes.ts'
import type { PastList } from './views/past-lists.ts'
import type { Swap } from './views/swaps.ts'

/** A façade over `Commands`, which records facts, and `Supervisor`, which acts on the recorded facts. */
export class Book implements ContactBook {
  readonly #core: BookCore
  readonly #commands: Commands
  readonly #supervisor: Supervisor
  #isClosed = false

  constructor(
    options: ContactBookOptions,
    log: Log,
    keys: LinkingKeys,
    state: BookState,
    olderLists: OlderLists,
  ) {
    this.#core = {
      options,
      linked: new Map(options.sources.map((linked) => [linked.source, linked])),
      queue: new SerialQueue(),
      log,
      keys,
      state,
      recorder: new Recorder(log, state, (events, by) => this.#supervisor.appended(events, by)),
      locks: new RunLockKeeper(options.store.locks),
      remains: new Remains(options.store.events, state),
      olderLists,
    }
    this.#supervisor = new Supervisor(this.#core)
    this.#commands = new Commands(this.#core, this.#supervisor)
  }

  get accounts() {
    return this.#supervisor.views.accounts
  }

  get contacts() {
    return this.#supervisor.views.contacts
  }

  get identities() {
    return this.#supervisor.views.identities
  }

  get incoming() {
    return this.#supervisor.views.incoming
  }

  get order() {
    return this.#supervisor.views.order
  }

  get history() {
    return this.#supervisor.views.history
  }

  get position() {
    return this.#supervisor.views.position
  }

  get progress() {
    return this.#supervisor.progress
  }

  /** Call it once, before the book is returned to the caller. */
  begin(): Promise<void> {
    return this.#supervisor.begin()
  }

  signIn(source: Source): Promise<StartResult> {
    return this.#commands.start('signIn', source)
  }

  restart(source: Source): Promise<StartResult> {
    return this.#commands.start('restart', source)
  }

  refresh(source: Source): Promise<StartResult> {
    return this.#commands.start('refresh', source)
  }

  refreshAll(): Promise<readonly SourceResult[]> {
    const { linked, recorder } = this.#core
    const states = recorder.states()
    const listed = [...linked.keys()].filter((source) => states[source].context.list !== null)
    return Promise.all(listed.map(async (source) => ({ source, result: await this.refresh(source) })))
  }

  cancel(source: Source): Promise<CommandResult> {
    return this.#commands.run('cancel', source)
  }

  retryNow(source: Source): boolean {
    return this.#supervisor.retryNow(source)
  }

  approveRemoval(source: Source): Promise<CommandResult> {
    return this.#commands.run('approveRemoval', source)
  }

  identify(one: ContactKey, other: ContactKey, isSame: boolean | null): Promise<CommandResult> {
    return this.#commands.identify(one, other, isSame)
  }

  signOut(source: Source): Promise<CommandResult> {
    return this.#commands.run('signOut', source)
  }

  onSwap(listener: (swap: Swap) => void): () => void {
    return this.#supervisor.views.swaps.listen(listener)
  }

  firstContacts(count: number): readonly Contact[] {
    return this.#supervisor.firstContacts(count)
  }

  photo(key: ContactKey): Promise<Photo | null> {
    return this.#supervisor.photos.photo(key)
  }

  heldContacts(source: Source): readonly Contact[] {
    const { recorder, state } = this.#core
    const { contacts, staged } = state.lists[source] ?? {}
    const isHeld = recorder.states()[source].context.held !== null
    return isHeld && contacts ? goneFrom(contacts, staged?.contacts ?? contacts) : []
  }

  keyPlace(source: Source): Promise<KeyPlace | null> {
    const { keys, log } = this.#core
    return keys.placeOf(source, log.linking(source))
  }

  outcome(attempt: string): Promise<Outcome> {
    return this.#supervisor.outcome(attempt)
  }

  resume(): Promise<readonly Resumed[]> {
    return this.#commands.resume()
  }

  async past(source: Source): Promise<Iterable<PastList>> {
    // First: the position and the list below belong together.
    const { pastLists, readSwaps } = await loadOnUse(() => import('./views/past-lists.ts'))
    const { options, log, keys, state } = this.#core
    if (state.missingKey(source) !== null) return []
    const { contacts } = state.lists[source] ?? emptyList
    const events = new Log(options.store.events, options.clock, keys)
    const swaps = await readSwaps(events.readOn({ payloads: true, upTo: log.position }), source)
    return pastLists(contacts, swaps)
  }

  async *events(after = 0): AsyncIterable<Envelope> {
    const { clock, store } = this.#core.options
    const log = new Log(store.events, clock, null, after)
    for await (const { payload, ...envelope } of log.readOn({ payloads: false })) yield envelope
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.#supervisor.close()
    await this.#core.options.store.events.close()
  }
}
