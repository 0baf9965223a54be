import { nodeKey } from '../../src/adapters/keys/node-key.ts'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { memoryLocks, MemoryLockTable } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryLog } from '../../src/adapters/stores/memory/memory-log.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { systemClock } from '../../src/adapters/system/system-clock.ts'
import { openContactBook } from '../../src/index.ts'
import type { Clock, EventStore } from '../../src/index.ts'
import type { KeyVault } from '../../src/ports/key-vault.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'

export * from './scripted-steps.ts'

/** A device: what is left when a book is closed, to be opened again, or by two processes at a time. */
export class Device {
  readonly log = memoryLog()
  readonly #keys = new Set<string>()
  /** How many keys the vault was asked to make or load for a linking. */
  made = 0
  readonly vault = watchedVault(memoryVault(nodeKey), this.#keys, () => this.made++)
  readonly #locks = new MemoryLockTable()
  readonly #processes = new Set<() => void>()
  readonly diagnosed: unknown[] = []

  /** Opens the device like one more process, with a source of its own that the test plays. `crash` lets only it die. */
  async open({
    source = new ScriptedSource(),
    store = memoryStore(this.log),
    clock = systemClock,
    vault = this.vault,
  }: OpenOptions = {}) {
    const locks = memoryLocks(this.#locks)
    let isDead = false
    const crash = () => {
      isDead = true
      this.#processes.delete(crash)
      void locks.close()
    }
    // The book is still in memory, but must not come back to life.
    const acquire = async (name: string) => (isDead ? null : locks.acquire(name))
    this.#processes.add(crash)
    const book = await openContactBook({
      store: { events: store, locks: { ...locks, acquire }, keys: vault },
      sources: [source],
      clock,
      diagnose: (error) => this.diagnosed.push(error),
    })
    return { book, source, crash }
  }

  /** The names of the keys in the vault. */
  keyNames(): readonly string[] {
    return [...this.#keys]
  }

  /** All processes die at the same moment: their locks are free, and nothing else happened. */
  crash(): void {
    // None hears of the end of another one.
    for (const crash of this.#processes) crash()
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
