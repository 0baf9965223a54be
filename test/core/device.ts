import { nodeKey } from '../../src/adapters/keys/node-key.ts'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { memoryLocks } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryLog } from '../../src/adapters/stores/memory/memory-log.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { openContactBook } from '../../src/index.ts'
import type {
  Clock,
  ContactBook,
  EventStore,
  LinkedAccountView,
  SourceContact,
  SourceReport,
} from '../../src/index.ts'
import type { KeyVault } from '../../src/ports/key-vault.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import type { ScriptedFetch } from '../../src/testing/scripted-source.ts'

/** A device: what is left when a book is closed, to be opened again, or by two processes at a time. */
export class Device {
  readonly log = memoryLog()
  readonly #keys = new Set<string>()
  /** How many keys the vault was asked to make or load for a linking. */
  made = 0
  readonly vault = watchedVault(memoryVault(nodeKey), this.#keys, () => this.made++)
  readonly #locks = new Set<string>()
  readonly diagnosed: unknown[] = []

  /** Opens the device like one more process, with a source of its own that the test plays. */
  async open({
    source = new ScriptedSource(),
    store = memoryStore(this.log),
    clock = systemClock,
    vault = this.vault,
  }: OpenOptions = {}) {
    const book = await openContactBook({
      store: { events: store, locks: memoryLocks(this.#locks), keys: vault },
      sources: [source],
      clock,
      diagnose: (error) => this.diagnosed.push(error),
    })
    return { book, source }
  }

  /** The names of the keys in the vault. */
  keyNames(): readonly string[] {
    return [...this.#keys]
  }

  /** A process that dies: its locks are free, and nothing else happened. */
  crash(): void {
    this.#locks.clear()
  }
}

interface OpenOptions {
  readonly source?: ScriptedSource
  readonly store?: EventStore
  readonly clock?: Clock
  readonly vault?: KeyVault
}

const watchedVault = (vault: KeyVault, names: Set<string>, onObtain: () => void): KeyVault => ({
  ...vault,
  obtain: async (name) => {
    const key = await vault.obtain(name)
    names.add(name)
    onObtain()
    return key
  },
  destroy: async (name) => {
    await vault.destroy(name)
    names.delete(name)
  },
})

export const page = (contacts: readonly SourceContact[], cursor: string | null = null): SourceReport => ({
  type: 'page.fetched',
  contacts,
  skipped: [],
  cursor,
})

export const finished: SourceReport = { type: 'listing.finished', cursor: null, verified: true }

/** Lists contacts as one page, to the end. */
export const list = async (
  fetch: ScriptedFetch,
  contacts: readonly SourceContact[] = sampleContacts(3),
): Promise<void> => {
  await fetch.emit({ type: 'contacts.counted', count: contacts.length })
  await fetch.emit(page(contacts))
  void fetch.emit(finished)
}

/** From idle to a fetch that has begun. */
export const signedIn = async ({ book, source }: { book: ContactBook; source: ScriptedSource }) => {
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await (await source.signIns.next()).grant()
  return { attempt: started.attempt, fetch: await source.fetches.next() }
}

/** From idle to a list on the device. */
export const importAll = async (
  opened: { book: ContactBook; source: ScriptedSource },
  contacts: readonly SourceContact[] = sampleContacts(3),
) => {
  const { attempt, fetch } = await signedIn(opened)
  await list(fetch, contacts)
  return opened.book.outcome(attempt)
}

/** Refreshes to the end. */
export const refreshAll = async (
  { book, source }: { book: ContactBook; source: ScriptedSource },
  contacts: readonly SourceContact[],
) => {
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await list(await source.fetches.next(), contacts)
  return book.outcome(started.attempt)
}

export const account = (book: ContactBook): LinkedAccountView => {
  const found = book.accounts.get().find(({ source }) => source === 'microsoft365')
  if (!found) throw new Error('not shown')
  return found
}

export const names = (book: ContactBook) => book.contacts.get().map(({ name }) => name.full)

export const eventTypes = async (book: ContactBook) => {
  const types: string[] = []
  for await (const { type } of book.events()) types.push(type)
  return types
}
