import { differenceOf } from '../../domain/compare-lists.ts'
import type { Contact, ContactKey } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import type { ContactLists } from '../../projections/contact-lists.ts'

/** How a list on the device has changed, as keys. */
export interface Swap {
  readonly source: Source
  readonly added: readonly ContactKey[]
  readonly updated: readonly ContactKey[]
  readonly removed: readonly ContactKey[]
}

type Shown = ReadonlyMap<string, Contact>

const nothing: Shown = new Map()

/** Tells listeners which contacts each swap of a list has added, updated and removed. */
export class Swaps {
  readonly #listeners = new Set<(swap: Swap) => void>()
  readonly #diagnose: (error: unknown) => void
  #lists: ContactLists

  constructor(lists: ContactLists, diagnose: (error: unknown) => void) {
    this.#lists = lists
    this.#diagnose = diagnose
  }

  /** Returns a function that ends the subscription. */
  listen(listener: (swap: Swap) => void): () => void {
    // A function of its own for each call, so that the same listener may be given twice.
    const own = (swap: Swap) => listener(swap)
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  update(lists: ContactLists): void {
    const before = this.#lists
    this.#lists = lists
    if (this.#listeners.size === 0) return
    const changed = new Set([...Object.keys(before), ...Object.keys(lists)] as Source[])
    for (const source of changed) {
      const swap = swapOf(source, before[source]?.contacts ?? nothing, lists[source]?.contacts ?? nothing)
      if (swap) this.#tell(swap)
    }
  }

  close(): void {
    this.#listeners.clear()
  }

  #tell(swap: Swap): void {
    for (const listener of [...this.#listeners]) {
      // Another listener may have ended its subscription.
      if (!this.#listeners.has(listener)) continue
      try {
        listener(swap)
      } catch (error) {
        this.#diagnose(error)
      }
    }
  }
}

const swapOf = (source: Source, before: Shown, after: Shown): Swap | null => {
  const { added, updated, gone } = differenceOf(before, after)
  if (added.length + updated.length + gone.length === 0) return null
  const keysOf = (contacts: readonly Contact[]) => contacts.map(({ key }) => key)
  return {
    source,
    added: keysOf(added),
    updated: updated.map(({ after }) => after.key),
    removed: keysOf(gone),
  }
}
