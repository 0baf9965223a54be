import type { ContactsClient, Row } from '../../../index.ts'

/** Rows of one call: more than a screen has, and few enough to be sent in a millisecond. */
const PAGE = 100

/** Pages that are kept: scrolling back a little asks for nothing, and 10,000 rows never are in memory. */
const MOST_PAGES = 20

/** The rows of one version of the list, as far as they were asked for. */
export class RowPages {
  readonly #client: Pick<ContactsClient, 'rows'>
  readonly #version: number
  readonly #onRows: () => void
  readonly #pages = new Map<number, readonly Row[] | Promise<void>>()

  /** @param onRows called when rows have come */
  constructor(client: Pick<ContactsClient, 'rows'>, version: number, onRows: () => void) {
    this.#client = client
    this.#version = version
    this.#onRows = onRows
  }

  get(index: number): Row | undefined {
    const page = this.#pages.get(Math.floor(index / PAGE))
    return page instanceof Promise ? undefined : page?.[index % PAGE]
  }

  /** Asks for the rows from one index up to another that are not there. Resolves when they are, or cannot be had. */
  async want(from: number, to: number): Promise<void> {
    const asked: Promise<void>[] = []
    for (let page = Math.floor(Math.max(from, 0) / PAGE); page * PAGE < to; page++) {
      const known = this.#pages.get(page)
      // Put last, so that those in use are dropped last.
      this.#pages.delete(page)
      const now = known ?? this.#ask(page)
      this.#pages.set(page, now)
      if (now instanceof Promise) asked.push(now)
    }
    for (const page of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break
      this.#pages.delete(page)
    }
    await Promise.all(asked)
  }

  /** What cannot be had is asked for again when it is next wanted. If it is outdated, the list brings another version. */
  async #ask(page: number): Promise<void> {
    const from = page * PAGE
    const rows = await this.#client.rows(this.#version, from, from + PAGE).catch(() => 'outdated' as const)
    if (!this.#pages.has(page)) return
    if (rows === 'outdated') this.#pages.delete(page)
    else {
      this.#pages.set(page, rows)
      this.#onRows()
    }
  }
}
