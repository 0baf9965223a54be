import { html, nothing } from 'lit'
import type { ReactiveElement } from 'lit'
import type { ContactsClient, Person } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import type { Announcer } from '../base/announcer.ts'
import { Decisions } from '../people/decisions.ts'
import type { Said } from '../people/decisions.ts'
import { outcome } from '../people/outcome.ts'
import { personSection } from './person-section.ts'

/** The contacts that a card shows as one person, and what became of the answer that they are not. */
export class Together {
  readonly #host: ReactiveElement
  readonly #announcer: Announcer
  readonly #decisions: Decisions
  #said: Said | null = null

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
  render(person: Person, name: string, texts: Messages, client: ContactsClient | null): unknown {
    const said = this.#said
    const [first] = person.contacts
    const isTogether = person.contacts.length > 1 && said?.isSame !== false
    const say = (next: Said) => void (client && this.#say(client, next, texts))
    return html`${
      isTogether && first
        ? personSection(person, name, texts, (other) => say({ contacts: [first, other], isSame: false }))
        : nothing
    }${outcome(
      texts.people,
      said && textOf(said, texts),
      this.#decisions.problem(texts),
      said === null || said.isSame ? null : () => say({ ...said, isSame: true }),
    )}`
  }

  async #say(client: ContactsClient, said: Said, texts: Messages): Promise<void> {
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
  isSame ? people.rejoined : people.separated(other.source)
