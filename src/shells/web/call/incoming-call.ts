import { html, nothing } from 'lit'
import type { PropertyDeclarations, PropertyValues, TemplateResult } from 'lit'
import type { Caller, ContactsClient, Row } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { ContactsElement } from '../base/contacts-element.ts'
import { avatar, avatarStyles } from '../contact/avatar.ts'
import { icon } from '../base/icons.ts'
import { PhotoUrl } from '../contact/photo-url.ts'
import { callStyles } from './call-styles.ts'

/** Names that are shown of several callers. */
const MOST_NAMES = 3

/** A contact that may be calling. */
interface Person {
  readonly caller: Caller
  readonly row: Row
}

/** What a look-up found. `people`: null if the contacts cannot be searched. */
interface Answer {
  readonly people: readonly Person[] | null
  readonly isWithheld: boolean
}

/** Who is calling: one contact, several of them, or none that is known. */
export class IncomingCall extends ContactsElement {
  static override properties: PropertyDeclarations = {
    number: {},
    answer: { state: true },
  }
  static override styles = [...ContactsElement.styles, avatarStyles, callStyles]

  /** The number as a phone or a PBX tells it, also a `tel:` or `sip:` address. Null or empty: no call, and nothing is shown. */
  declare number: string | null
  /** Null while the contacts are searched. */
  declare private answer: Answer | null
  readonly #photo = new PhotoUrl(this)
  #version = -1

  constructor() {
    super()
    this.number = null
    this.answer = null
  }

  protected override follow(client: ContactsClient) {
    this.#version = -1
    return [
      client.list.subscribe(({ version }) => {
        if (version === this.#version) return
        this.#version = version
        void this.#look()
      }),
    ]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (!changed.has('number')) return
    this.answer = null
    this.#photo.show(null, null)
    if (!changed.has('client')) void this.#look()
  }

  protected override render(): unknown {
    const { texts, answer } = this
    const number = this.number ?? ''
    if (!texts) return nothing
    // In the document before it is filled, and read as a whole when the caller is known.
    return html`<div role="status" aria-atomic="true" aria-busy=${String(number !== '' && answer === null)}>
      ${number === '' ? nothing : this.#call(number, texts)}
    </div>`
  }

  #call(number: string, texts: Messages): TemplateResult {
    const { call } = texts
    const { people = null, isWithheld = false } = this.answer ?? {}
    const [first, ...others] = people ?? []
    const only = others.length === 0 ? first : undefined
    return html`<div class="call" part="call">
      ${
        only
          ? avatar(only.row.name, only.caller.key, this.#photo.url)
          : html`<span class="avatar unknown" part="avatar">${icon(first ? 'people' : 'person')}</span>`
      }
      <div class="lines">
        <p class="small muted">${icon('call')}${call.heading}</p>
        ${only ? this.#person(only, texts) : this.#title(people, isWithheld, texts)}
        ${
          isWithheld
            ? nothing
            : html`<p class="muted">
                ${only ? `${texts.card.kinds[only.caller.phone.kind]} ` : nothing}<bdi part="number" dir="ltr"
                  >${only?.caller.phone.value ?? number}</bdi
                >
              </p>`
        }
        ${people && others.length > 0 ? this.#several(people, texts) : nothing}
      </div>
    </div>`
  }

  #person({ caller, row: { name, organization } }: Person, { call, list }: Messages): TemplateResult {
    return html`${
        caller.certainty === 'possible' ? html`<p class="possible small">${call.possible}</p>` : nothing
      }
      <h2 part="name" dir="auto">${name || list.noName}</h2>
      ${organization !== null && organization !== name ? html`<p dir="auto">${organization}</p>` : nothing}`
  }

  #title(people: Answer['people'], isWithheld: boolean, { call }: Messages): TemplateResult {
    if (this.answer === null) return html`<h2 class="muted">${call.looking}</h2>`
    const title = isWithheld ? call.withheld : call.unknown
    return html`<h2>${people && people.length > 1 ? call.oneOf(people.length) : title}</h2>
      ${people === null ? html`<p>${call.failed}</p>` : nothing}`
  }

  /** None of them is shown before the others: the number does not tell which one calls. */
  #several(people: readonly Person[], { call, list }: Messages): TemplateResult {
    const shown = people.slice(0, MOST_NAMES)
    return html`<ul part="callers">
      ${shown.map(
        ({ caller, row: { name, organization } }) =>
          html`<li>
            ${avatar(name, caller.key)}
            <span>
              <bdi>${name || list.noName}</bdi>${
                organization !== null && organization !== name
                  ? html`<span class="small muted" dir="auto">${organization}</span>`
                  : nothing
              }
            </span>
          </li>`,
      )}
      ${
        people.length > shown.length
          ? html`<li class="muted">${call.more(people.length - shown.length)}</li>`
          : nothing
      }
    </ul>`
  }

  async #look(): Promise<void> {
    const { client, number } = this
    if (client === null || number === null || number === '') return
    const isNow = () => client === this.client && number === this.number
    const version = this.#version
    const answer = await lookUp(client, number)
    // Another look-up is under way for what has changed.
    if (!isNow() || version !== this.#version) return
    this.answer = answer
    const people = answer.people ?? []
    this.#photo.show(client, people.length === 1 ? (people[0]?.caller.key ?? null) : null)
  }
}

const lookUp = async (client: ContactsClient, number: string): Promise<Answer> => {
  try {
    const callers = await client.whois(number)
    const { places } = await client.locate(callers.map(({ key }) => key))
    const found = callers.flatMap((caller, at) => {
      const place = places[at]
      return place ? [{ caller, ...place }] : []
    })
    const people = found.toSorted((one, other) => one.index - other.index)
    // Those who only may have the number would make the others uncertain.
    const certain = people.filter(({ caller }) => caller.certainty === 'certain')
    const isWithheld = people.length === 0 && (await client.dial(number)).text === ''
    return { people: certain.length > 0 ? certain : people, isWithheld }
  } catch {
    return { people: null, isWithheld: false }
  }
}
