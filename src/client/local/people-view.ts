import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { loadOnUse } from '../../book/load-on-use.ts'
import type { Contact } from '../../domain/contact.ts'
import type { Identity } from '../../projections/people/identities.ts'
import type { People, PersonMatcher } from '../../projections/people/person-matcher.ts'
import type { PhoneSettings } from '../../projections/phone-index/read-number.ts'

interface Input {
  readonly contacts: readonly Contact[]
  readonly identities: readonly Identity[]
}

interface PeopleViewOptions {
  readonly phone: PhoneSettings
  readonly show: (people: People) => void
  readonly diagnose: (error: unknown) => void
}

/**
 * Shows each person once. Contacts of one source are shown as they are, at once. Those of several are compared first, in slices,
 * while the earlier list stays; but contacts of a source that is gone, as after a sign-out, go at once.
 */
export class PeopleView {
  readonly #options: PeopleViewOptions
  #matcher: PersonMatcher | null = null
  #input: Input = { contacts: [], identities: [] }
  /** The contacts that were shown last, before they were joined. */
  #shown: readonly Contact[] = []
  #isMatching = false
  #isClosed = false

  constructor(options: PeopleViewOptions) {
    this.#options = options
  }

  /** @param contacts in display order @param identities what the person said of them */
  set(contacts: readonly Contact[], identities: readonly Identity[]): void {
    this.#input = { contacts, identities }
    if (isOfOneSource(contacts)) {
      this.#show(apart(contacts), contacts)
      return
    }
    if (!hasSourcesOf(contacts, this.#shown)) this.#show(apart(contacts), contacts)
    if (!this.#isMatching) void this.#match()
  }

  close(): void {
    this.#isClosed = true
    this.#input = { contacts: [], identities: [] }
    this.#shown = []
    this.#matcher = null
  }

  async #match(): Promise<void> {
    this.#isMatching = true
    let done: Input | null = null
    while (done !== this.#input && !isOfOneSource(this.#input.contacts)) {
      done = this.#input
      const people = await this.#peopleOf(done)
      // Shown although more has come by now: pages may come faster than they are compared.
      if (!this.#isClosed && hasSourcesOf(this.#input.contacts, done.contacts))
        this.#show(people, done.contacts)
    }
    this.#isMatching = false
  }

  /** All apart if they cannot be compared, which is tried again with the next change. */
  async #peopleOf({ contacts, identities }: Input): Promise<People> {
    try {
      this.#matcher ??= await this.#load()
      return await this.#matcher.match(contacts, identities, yieldToEventLoop)
    } catch (error) {
      this.#options.diagnose(error)
      return apart(contacts)
    }
  }

  async #load(): Promise<PersonMatcher> {
    const matching = await loadOnUse(() => import('../../projections/people/person-matcher.ts'))
    return new matching.PersonMatcher(this.#options.phone)
  }

  #show(people: People, contacts: readonly Contact[]): void {
    this.#shown = contacts
    this.#options.show(people)
  }
}

/** The people of contacts that are not joined. */
export const apart = (contacts: readonly Contact[]): People => ({
  contacts,
  together: new Map(),
  possible: [],
  isSameNumber: Object.is,
})

const isOfOneSource = (contacts: readonly Contact[]): boolean =>
  contacts.every(({ source }) => source === contacts[0]?.source)

const sourcesOf = (contacts: readonly Contact[]) => new Set(contacts.map(({ source }) => source))

/** Whether no source of the others is missing. */
const hasSourcesOf = (contacts: readonly Contact[], others: readonly Contact[]): boolean => {
  const sources = sourcesOf(contacts)
  return [...sourcesOf(others)].every((source) => sources.has(source))
}
