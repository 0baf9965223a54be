import type { ContactKey, ContactsClient, ListSummary } from '../../../index.ts'
import type { Found } from './contact-search.ts'
import { RowPages } from './row-pages.ts'
import type { Item } from './row-texts.ts'

/** Contacts that are looked for again when the rows change. */
export interface KeptKeys {
  /** The first one on the screen. */
  readonly anchor: ContactKey | null
  /** The one that the keyboard is on. */
  readonly active: ContactKey | null
}

/** Where the kept contacts are in the rows that are shown now; null if they are gone. */
export interface KeptPlaces {
  readonly anchor: number | null
  readonly active: number | null
}

/** More than a screen has. */
const SCREEN = 40

/**
 * The rows that a list shows: those of a version of the client's list, or the results of a search. Another version is shown
 * once its first rows have come, so that nothing flickers.
 */
export class ListRows {
  readonly #onRows: () => void
  #client: ContactsClient | null = null
  #summary: ListSummary | null = null
  #pages: RowPages | null = null
  #found: Found | null = null
  #isAdopting = false

  /** @param onRows called when rows have come that were not there before */
  constructor(onRows: () => void) {
    this.#onRows = onRows
  }

  get found(): Found | null {
    return this.#found
  }

  /** The version that is shown; null before the first. */
  get summary(): ListSummary | null {
    return this.#summary
  }

  get count(): number {
    return this.#found?.items.length ?? this.#summary?.count ?? 0
  }

  get sections(): ListSummary['sections'] {
    return (this.#found ? null : this.#summary?.sections) ?? []
  }

  get(index: number): Item | undefined {
    if (this.#found) return this.#found.items[index]
    const row = this.#pages?.get(index)
    return row && { row, hit: null }
  }

  want(from: number, to: number): void {
    if (!this.#found) void this.#pages?.want(from, Math.min(to, this.count))
  }

  /** Shows results; null: the list again. */
  showFound(found: Found | null): void {
    this.#found = found
  }

  /** Shows another client's list, or none. */
  reset(client: ContactsClient | null): void {
    this.#client = client
    this.#summary = null
    this.#pages = null
    this.#found = null
  }

  /**
   * Shows the newest version of the list.
   *
   * @param kept the contacts to find again in it, asked when their places are looked up
   * @param onAdopted called each time that another version is shown
   */
  async adopt(kept: () => KeptKeys, onAdopted: (places: KeptPlaces) => void): Promise<void> {
    if (this.#isAdopting) return
    this.#isAdopting = true
    let client = this.#client
    while (client !== null && client.list.get() !== this.#summary) {
      const summary = client.list.get()
      if (!(await this.#adopt(client, summary, kept(), onAdopted)) && client.list.get() === summary) break
      client = this.#client
    }
    this.#isAdopting = false
  }

  /** Where these contacts are among the results of the search. */
  placesAmongFound({ anchor, active }: KeptKeys): KeptPlaces {
    const placeOf = (key: ContactKey | null) => {
      const place = this.#found?.items.findIndex(({ row }) => row.key === key) ?? -1
      return place < 0 ? null : place
    }
    return { anchor: placeOf(anchor), active: placeOf(active) }
  }

  /** Where these contacts are in the newest version of the list. */
  async locate({ anchor, active }: KeptKeys): Promise<KeptPlaces> {
    // Of one that is missing, the other is asked twice: a key that is nowhere is looked for in the whole list.
    const [one, other] = [anchor ?? active, active ?? anchor]
    const located =
      one === null || other === null ? null : await this.#client?.locate([one, other]).catch(() => null)
    const placeOf = (key: ContactKey | null, at: number) =>
      key === null ? null : (located?.places[at]?.index ?? null)
    return { anchor: placeOf(anchor, 0), active: placeOf(active, 1) }
  }

  /** False if the rows of this version cannot be had: then another version comes, or the client is gone. */
  async #adopt(
    client: ContactsClient,
    summary: ListSummary,
    kept: KeptKeys,
    onAdopted: (places: KeptPlaces) => void,
  ): Promise<boolean> {
    if (summary.version === this.#summary?.version) {
      this.#summary = summary
      return true
    }
    const { anchor, active } = await this.locate(kept)
    const pages = new RowPages(client, summary.version, this.#onRows)
    const first = anchor ?? 0
    if (summary.count > 0) await pages.want(first, Math.min(first + SCREEN, summary.count))
    if (client !== this.#client || (summary.count > 0 && pages.get(first) === undefined)) return false
    this.#summary = summary
    this.#pages = pages
    onAdopted({ anchor, active })
    return true
  }
}
