import { createHash } from 'node:crypto'
import type { Mailboxes, RememberedMailbox } from '../../mailbox/mailboxes.ts'
import type { Person } from '../../people.ts'
import type { Settings } from '../../settings.ts'
import { fillGoogleContacts } from './fill-google-contacts.ts'
import { GoogleContacts } from './google-contacts.ts'

/** The same settings as for mailboxes, because some people are in both. */
const CONTENT = [
  'seed',
  'googleContacts',
  'contacts',
  'folders',
  'distributionLists',
  'defaultFolder',
] as const

/** The contacts of all Google accounts. Each is filled on first use, and again when its settings change. */
export class GoogleBooks {
  readonly #people: readonly Person[]
  readonly #settings: Settings
  readonly #mailboxes: Mailboxes
  readonly #made = new Map<string, GoogleContacts>()
  #remembered: RememberedMailbox | null

  constructor(
    people: readonly Person[],
    settings: Settings,
    mailboxes: Mailboxes,
    remembered: RememberedMailbox | null,
  ) {
    this.#people = people
    this.#settings = settings
    this.#mailboxes = mailboxes
    this.#remembered = remembered
    settings.onChange((change) => {
      if (!CONTENT.some((setting) => change[setting] !== undefined)) return
      this.#made.clear()
      this.#remembered = null
    })
  }

  of(person: Person): GoogleContacts {
    const made = this.#made.get(person.id)
    if (made !== undefined) return made
    const { seed, googleContacts } = this.#settings.current
    const count = person.contacts === 'default' ? googleContacts : (person.contacts ?? 0)
    const remembered = this.#remembered
    const contacts = new GoogleContacts({
      seed: `${seed}:${person.id}:google`,
      ...(remembered && { generation: generationOf(remembered, person, [seed, count]) }),
    })
    fillGoogleContacts(contacts, {
      seed: seed + 1000 * this.#people.indexOf(person) + 500,
      count,
      locales: this.#mailboxes.locales,
      others: this.#mailboxes.original(person),
    })
    this.#made.set(person.id, contacts)
    return contacts
  }
}

const generationOf = ({ id }: RememberedMailbox, person: Person, filling: readonly number[]): string =>
  createHash('sha256')
    .update(JSON.stringify(['google', id, person.id, filling]))
    .digest('base64url')
    .slice(0, 22)
