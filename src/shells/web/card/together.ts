import { html, nothing } from 'lit'
import type { ReactiveElement } from 'lit'
import { partedPair } from '../../../index.ts'
import type { ContactKey, ContactsClient, IdentityDecision, PersonDetails } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import type { Announcer } from '../base/announcer.ts'
import { Decisions } from '../people/decisions.ts'
import type { Named, Said } from '../people/decisions.ts'
import { outcome } from '../people/outcome.ts'
import { apartLines, personSection } from './person-section.ts'

/** What the person said last of two contacts. */
interface Answer extends Said {
  /** How it is told. */
  readonly as: 'separated' | 'separatedElsewhere' | 'rejoined' | 'takenBack'
  /** What had been said of them before: null if nothing. */
  readonly before: boolean | null
  /** Whether the client has told it, which hears of it later. */
  readonly isTold: boolean
}

/** The contacts that a card shows as one person, those that the person told apart from them, and the last answer. */
export class Together {
  readonly #host: ReactiveElement
  readonly #announcer: Announcer
  readonly #decisions: Decisions
  #said: Answer | null = null

  constructor(host: ReactiveElement, announcer: Announcer) {
    this.#host = host
    this.#announcer = announcer
    this.#decisions = new Decisions(host)
  }

  forget(): void {
    this.#said = null
    this.#decisions.forget()
  }

  /**
   * The card shows this person now. An answer that no longer counts, because of another tab, is not told any more; that another
   * tab separated a contact is.
   */
  adopt(before: PersonDetails | null, now: PersonDetails, texts: Messages | null): void {
    const said = this.#said
    if (said && saidOf(now.decisions, said.contacts) === said.isSame) this.#said = { ...said, isTold: true }
    else if (said?.isTold) this.#said = null
    const left = before?.contacts.filter(({ key }) => !has(now.contacts, key)) ?? []
    const pair = now.decisions.find(
      ({ contacts: [, other], isSame }) => !isSame && has(left, other.key),
    )?.contacts
    const own = this.#decisions.recording ?? this.#said
    if (!pair || (own && isPair(own.contacts, pair))) return
    this.#said = { contacts: pair, isSame: false, as: 'separatedElsewhere', before: null, isTold: true }
    if (texts) this.#announcer.say(textOf(this.#said, texts), true)
  }

  /** @param name as the card shows it */
  render(person: PersonDetails, name: string, texts: Messages, client: ContactsClient | null): unknown {
    const said = this.#said
    const { contacts, decisions } = person
    // The client hears of an answer later.
    const isSeparated = said?.isSame === false && has(contacts, said.contacts[1].key)
    const isTogether = contacts.length > 1 && !isSeparated
    const others = decisions.filter(
      ({ contacts: pair }) =>
        said === null || said.as === 'separatedElsewhere' || !isPair(pair, said.contacts),
    )
    const answer = (pair: Said['contacts'], isSame: boolean | null, as: Answer['as']) => {
      const before = saidOf(decisions, pair)
      if (client) void this.#say(client, { contacts: pair, isSame, as, before, isTold: false }, texts)
    }
    return html`${
      isTogether
        ? personSection(person, name, texts, (other) => {
            const pair = partedPair(person, other)
            if (pair) answer(pair, false, 'separated')
          })
        : nothing
    }${apartLines(others, texts, ({ contacts: pair }) => answer(pair, null, 'takenBack'))}${outcome(
      texts.people,
      said && textOf(said, texts),
      this.#decisions.problem(texts),
      said?.as === 'separated' ? () => answer(said.contacts, said.before, 'rejoined') : null,
    )}`
  }

  async #say(client: ContactsClient, said: Answer, texts: Messages): Promise<void> {
    if (!(await this.#decisions.record(client, said))) return
    this.#said = said
    this.#host.requestUpdate()
    this.#announcer.say(textOf(said, texts), true)
    // The button that had the focus is gone.
    await this.#host.updateComplete
    const [box, undo] = this.#host.renderRoot.querySelectorAll<HTMLElement>('.outcome, .outcome button')
    ;(undo ?? box)?.focus()
  }
}

const textOf = ({ contacts: [, other], as }: Answer, { people }: Messages): string =>
  as === 'separated' || as === 'separatedElsewhere' ? people[as](other.source) : people[as]

const has = (contacts: readonly Named[], key: ContactKey): boolean =>
  contacts.some((each) => each.key === key)

const saidOf = (decisions: readonly IdentityDecision[], pair: readonly Named[]): boolean | null =>
  decisions.find(({ contacts }) => isPair(contacts, pair))?.isSame ?? null

const isPair = (one: readonly Named[], other: readonly Named[]): boolean =>
  one.every(({ key }) => other.some((each) => each.key === key))
