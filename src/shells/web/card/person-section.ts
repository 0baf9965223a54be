import { css, html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { displayName } from '../../../index.ts'
import type { Contact, IdentityDecision, Person } from '../../../index.ts'
import type { Messages } from '../../../messages.ts'
import { isolated } from '../people/pair-view.ts'
import { differences } from './differences.ts'

/** Whom the person told apart from this one, each with a way back. */
export const apartLines = (
  decisions: readonly IdentityDecision[],
  texts: Messages,
  onTakeBack: (decision: IdentityDecision) => void,
): TemplateResult | typeof nothing => {
  const { people, list } = texts
  const apart = decisions.filter(({ isSame }) => !isSame)
  if (apart.length === 0) return nothing
  return html`<ul class="apart small" role="list" part="apart">
    ${apart.map((decision) => {
      const [, other] = decision.contacts
      const id = `apart-${other.key}`
      return html`<li>
        <p id=${id} class="muted">
          ${people.apart(isolated(displayName(other) || list.noName), other.source)}
        </p>
        <button
          type="button"
          class="button subtle small"
          aria-describedby=${id}
          @click=${() => onTakeBack(decision)}
        >
          ${people.takeBack}
        </button>
      </li>`
    })}
  </ul>`
}

/** The contacts that are shown as one person: where each is from, and what it says otherwise than the card. */
export const personSection = (
  { contact: shown, contacts }: Person,
  name: string,
  texts: Messages,
  onSeparate: (contact: Contact) => void,
): TemplateResult => {
  const { people } = texts
  const [first, ...others] = contacts
  // The list decides the order of names that are told in parts.
  const order = first && displayName(first) !== name ? 'family-first' : 'given-first'
  const line = (each: Contact) => contactLine(each, displayName(each, order), { shown, name, texts })
  return html`<section aria-labelledby="contacts">
    <h3 id="contacts">${people.heading}</h3>
    <p class="small muted hint">${people.hint}</p>
    <ul class="contacts" role="list" part="contacts">
      ${first ? html`<li>${line(first)}</li>` : nothing}
      ${others.map(
        (other) =>
          html`<li>
            ${line(other)}
            <button
              type="button"
              class="button"
              part="separate"
              aria-describedby=${`contact-${other.key}`}
              @click=${() => onSeparate(other)}
            >
              ${people.separate}
            </button>
          </li>`,
      )}
    </ul>
  </section>`
}

const contactLine = (
  contact: Contact,
  name: string,
  {
    shown,
    name: shownName,
    texts,
  }: { readonly shown: Contact; readonly name: string; readonly texts: Messages },
): TemplateResult => {
  const { card, sources } = texts
  const said = [
    ...(name === '' || name === shownName ? [] : [{ label: card.sections.name, text: name }]),
    ...differences(contact, shown, texts),
  ]
  return html`<div class="contact">
    <p id=${`contact-${contact.key}`}>${capitalized(sources[contact.source], texts.locale)}</p>
    ${said.map(({ label, text }) => html`<p class="small"><span class="muted">${label}:</span> <bdi>${text}</bdi></p>`)}
  </div>`
}

/** `The Outlook app`: the name of a source stands by itself here. */
const capitalized = (text: string, locale: string): string =>
  text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

export const personStyles = css`
  .hint {
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
    padding-block-end: calc(2 * var(--_space));
  }

  .contacts {
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    padding: 0;
    list-style: none;
  }

  .contacts > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
  }

  .contacts > li + li {
    border-block-start: 1px solid var(--_line);
  }

  .apart {
    padding: 0;
    list-style: none;
  }

  .apart > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(3 * var(--_space));
  }

  .apart p {
    flex: 1;
    min-inline-size: min(100%, 12rem);
    text-align: -webkit-match-parent;
    text-align: match-parent;
    unicode-bidi: plaintext;
  }

  .contact {
    flex: 1;
    min-inline-size: min(100%, 9rem);
  }
`
