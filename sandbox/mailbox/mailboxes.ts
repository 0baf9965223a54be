import type { Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import { fillMailbox } from './fill-mailbox.ts'
import { loadLocales, type Locale } from './locales.ts'
import type { Mailbox } from './mailbox.ts'

const CONTENT = ['seed', 'contacts', 'folders', 'distributionLists', 'defaultFolder'] as const

/** The mailboxes of the tenant. Each is filled on first use, and again when its settings change. */
export class Mailboxes {
  readonly #people: readonly Person[]
  readonly #settings: Settings
  readonly #locales: readonly [Locale, ...Locale[]]
  readonly #made = new Map<string, Mailbox>()

  static async open(people: readonly Person[], settings: Settings): Promise<Mailboxes> {
    return new Mailboxes(people, settings, await loadLocales())
  }

  private constructor(
    people: readonly Person[],
    settings: Settings,
    locales: readonly [Locale, ...Locale[]],
  ) {
    this.#people = people
    this.#settings = settings
    this.#locales = locales
    settings.onChange((change) => {
      if (CONTENT.some((setting) => change[setting] !== undefined)) this.#made.clear()
    })
  }

  /** Null for a person without a mailbox. */
  of(person: Person): Mailbox | null {
    if (person.contacts === null) return null
    const made = this.#made.get(person.id)
    if (made !== undefined) return made
    const { seed, contacts, folders, distributionLists, defaultFolder } = this.#settings.current
    const filling =
      person.contacts === 'default'
        ? { seed, contacts, folders, distributionLists, defaultFolder }
        : {
            seed: seed + 1000 * this.#people.indexOf(person),
            contacts: person.contacts,
            folders: 1,
            distributionLists: 0,
          }
    const mailbox = fillMailbox(person.id, filling, this.#locales, () => this.#settings.current.hardDelete)
    this.#made.set(person.id, mailbox)
    return mailbox
  }
}
