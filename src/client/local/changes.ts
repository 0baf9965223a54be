import type { ContactBook } from '../../book/contact-book.ts'
import type { Contact } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import type { History } from '../../projections/history.ts'
import { MOST_CHANGES } from '../contacts-client.ts'
import type { ListChanges, Row } from '../contacts-client.ts'

interface Reading {
  readonly history: History
  readonly changes: Promise<ListChanges | null>
}

/** What the last attempt of each source changed. */
export class Changes {
  readonly #book: Pick<ContactBook, 'history' | 'past'>
  readonly #row: (contact: Contact) => Row
  readonly #reading = new Map<Source, Reading>()

  constructor(book: Pick<ContactBook, 'history' | 'past'>, row: (contact: Contact) => Row) {
    this.#book = book
    this.#row = row
  }

  /** Calls of one moment share one answer, because each reads and decrypts the whole log. */
  of(source: Source): Promise<ListChanges | null> {
    const history = this.#book.history.get()
    const known = this.#reading.get(source)
    if (known?.history === history) return known.changes
    const reading = { history, changes: this.#read(source) }
    this.#reading.set(source, reading)
    const end = () => {
      if (this.#reading.get(source) === reading) this.#reading.delete(source)
    }
    reading.changes.then(end, end)
    return reading.changes
  }

  async #read(source: Source): Promise<ListChanges | null> {
    const [last] = await this.#book.past(source)
    if (!last) return null
    const { added, updated, gone } = last
    return {
      counts: { added: added.length, updated: updated.length, removed: gone.length },
      added: added.slice(0, MOST_CHANGES).map(this.#row),
      updated: updated
        .slice(0, MOST_CHANGES)
        .map(({ before, after }) => ({ before: this.#row(before), after: this.#row(after) })),
      removed: gone.slice(0, MOST_CHANGES).map(this.#row),
    }
  }
}
