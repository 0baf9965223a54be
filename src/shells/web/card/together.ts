import { html, nothing } from 'lit'
import type { ReactiveElement } from 'lit'
import type { ContactsClient, IdentityDecision, PersonDetails } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import type { Announcer } from '../base/announcer.ts'
import { Decisions } from '../people/decisions.ts'
import type { Named, Said } from '../people/decisions.ts'
import { outcome } from '../people/outcome.ts'
import { personSection } from './person-section.ts'

/** An answer, and what the person had said of these contacts before: null if nothing. */
interface Answer extends Said {
  readonly before: boolean | null
}

/** The contacts that a card shows as one person, and what became of the answer that they are not. */
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

  /** @param name as the card shows it */
  render(person: PersonDetails, name: string, texts: Messages, client: ContactsClient | null): unknown {
    const said = this.#said
    const [first] = person.contacts
    const isTogether = person.contacts.length > 1 && said?.isSame !== false
    const say = (next: Answer) => void (client && this.#say(client, next, texts))
    const separate = (contacts: Said['contacts']) =>
      say({ contacts, isSame: false, before: saidOf(person.decisions, contacts) })
    return html`${
      isTogether && first ? personSection(person, name, texts, (other) => separate([first, other])) : nothing
    }${outcome(
      texts.people,
      said && textOf(said, texts),
      this.#decisions.problem(texts),
      said?.isSame === false ? () => say({ ...said, isSame: said.before }) : null,
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

const textOf = ({ contacts: [, other], isSame }: Said, { people }: Messages): string =>
  isSame === false ? people.separated(other.source) : people.rejoined

const saidOf = (decisions: readonly IdentityDecision[], pair: readonly Named[]): boolean | null =>
  decisions.find(({ contacts }) => contacts.every(({ key }) => pair.some((each) => each.key === key)))
    ?.isSame ?? null
