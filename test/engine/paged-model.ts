import type { diceOf } from './changing-mailbox.ts'

interface ModelItem {
  readonly id: number
  readonly version: number
}

/** What a reader knows about a contact. */
export interface Known {
  readonly version: number
  readonly folder: number
}

/** A change of a contact, from the point of view of one folder. */
interface LogEntry {
  readonly id: number
  readonly what: 'changed' | 'left' | 'came' | 'moved here'
}

/** One reading of all pages of all folders. */
export interface Round {
  readonly known: ReadonlyMap<number, Known>
  /** Whether an id came twice. */
  readonly isDoubled: boolean
}

/**
 * A minimal model of a mailbox. Its folders are paged by `$skip` without a snapshot. Each request is answered at one
 * moment, in any order among those in flight, and the mailbox may change between any two answers.
 */
export class PagedModel {
  /** The number of changes still to come. */
  left: number
  readonly #dice: ReturnType<typeof diceOf>
  readonly #pageSize: number
  readonly #folders: ModelItem[][]
  readonly #logs: LogEntry[][]
  /** Whether deltas report a move as a removal from the old folder only, and never as an item of the new one. */
  readonly #hidesMoves: boolean
  #counter = 0
  #states: string[] = []

  constructor(dice: ReturnType<typeof diceOf>, folders: number, changes: number, hidesMoves = false) {
    this.#dice = dice
    this.#hidesMoves = hidesMoves
    this.left = changes
    this.#pageSize = 1 + dice.below(3)
    this.#folders = Array.from({ length: folders }, () =>
      Array.from({ length: dice.below(9) }, () => ({ id: ++this.#counter, version: 0 })),
    )
    this.#logs = this.#folders.map(() => [])
    this.#note()
  }

  /** Whether the mailbox had exactly these contacts at some moment. */
  held(known: ReadonlyMap<number, Known>): boolean {
    return this.#states.includes(textOf(known))
  }

  /** All contacts at this moment and the positions of the change logs: an exact list and its cursor. */
  snapshot(): { readonly known: Map<number, Known>; readonly positions: readonly number[] } {
    const known = this.#folders.flatMap((items, folder) =>
      items.map(({ id, version }): [number, Known] => [id, { version, folder }]),
    )
    return { known: new Map(known), positions: this.#logs.map(({ length }) => length) }
  }

  /** Reads all folders, page by page, with `inFlight` concurrent requests. */
  read(inFlight: number): Round {
    const known = new Map<number, Known>()
    let isDoubled = false
    for (const folder of this.#folders.keys())
      for (const { id, version } of this.#list(folder, inFlight)) {
        isDoubled ||= known.has(id)
        known.set(id, { version, folder })
      }
    return { known, isDoubled }
  }

  /** The current position of a folder's change log. */
  position(folder: number): number {
    this.#pass()
    return this.#logs[folder]?.length ?? 0
  }

  /** The changes of a folder since a position: the current version of each contact, null if it is not there. */
  changes(folder: number, since: number): { readonly id: number; readonly version: number | null }[] {
    const entries = this.#logs[folder]?.slice(since) ?? []
    const last = new Map(entries.map(({ id, what }) => [id, what]))
    return [...last].flatMap(([id, what]) => {
      const item = this.#folders[folder]?.find((candidate) => candidate.id === id)
      const isHidden = this.#hidesMoves && what === 'moved here'
      if (!isHidden) return [{ id, version: item?.version ?? null }]
      const hasLeft = entries.some((entry) => entry.id === id && entry.what === 'left')
      return hasLeft ? [{ id, version: null }] : []
    })
  }

  get folders(): number[] {
    return [...this.#folders.keys()]
  }

  /** One contact, in any folder; null if it is gone. */
  find(id: number): Known | null {
    this.#pass()
    for (const [folder, items] of this.#folders.entries())
      for (const item of items) if (item.id === id) return { version: item.version, folder }
    return null
  }

  #list(folder: number, inFlight: number): ModelItem[] {
    const pages: { items: ModelItem[]; hasNext: boolean }[] = []
    const asked: number[] = []
    let next = 0
    for (let place = 0; ;) {
      const page = pages[place]
      if (page?.hasNext === false) break
      if (page) place++
      else {
        while (asked.length < inFlight) asked.push(next++)
        const [index = 0] = asked.splice(this.#dice.below(asked.length), 1)
        this.#pass()
        const items = this.#folders[folder] ?? []
        const end = (index + 1) * this.#pageSize
        pages[index] = { items: items.slice(end - this.#pageSize, end), hasNext: end < items.length }
      }
    }
    // The first page without a next one is the last: any further pages were prefetched needlessly.
    const end = pages.findIndex((page) => !page.hasNext) + 1
    return pages.slice(0, end).flatMap(({ items }) => items)
  }

  /** Time passes: something may change. */
  #pass(): void {
    while (this.left > 0 && this.#dice.chance(0.3)) {
      this.left--
      this.#change()
      this.#note()
    }
  }

  #change(): void {
    const from = this.#dice.below(this.#folders.length)
    const to = this.#dice.below(this.#folders.length)
    const items = this.#folders[from] ?? []
    const place = this.#dice.below(items.length)
    const item = items[place]
    const what = this.#dice.below(4)
    if (what === 0 || item === undefined) this.#put(to, { id: ++this.#counter, version: 0 }, 'came')
    else {
      items.splice(place, 1)
      this.#logs[from]?.push({ id: item.id, what: what === 1 ? 'changed' : 'left' })
      const newer = { ...item, version: item.version + 1 }
      if (what === 1) items.splice(place, 0, newer)
      else if (what === 2) this.#put(to, newer, 'moved here')
    }
  }

  /** At a random place, because Graph promises no order. */
  #put(folder: number, item: ModelItem, what: LogEntry['what']): void {
    const items = this.#folders[folder] ?? []
    items.splice(this.#dice.below(items.length + 1), 0, item)
    this.#logs[folder]?.push({ id: item.id, what })
  }

  #note(): void {
    this.#states.push(textOf(this.snapshot().known))
  }
}

export const textOf = (known: ReadonlyMap<number, Known>): string =>
  [...known]
    .map(([id, { version, folder }]) => `${id}.${version}@${folder}`)
    .sort()
    .join()
