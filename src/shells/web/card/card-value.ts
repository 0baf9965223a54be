import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ContactKey, DialString } from '../../../index.ts'
import type { CardLabels } from '../../../messages.ts'
import { icon } from '../base/icons.ts'
import { announce, callAddress, mailAddress } from '../contact/reach.ts'
import { webAddress } from './card-fields.ts'
import type { CardValue } from './card-fields.ts'

/** What a value needs besides itself. */
export interface CardValueSetting {
  readonly card: CardLabels
  readonly key: ContactKey
  /** Of a number, once it is known. */
  readonly dial: DialString | undefined
  readonly isCopied: boolean
  /** Where it is from, in short; null if that need not be told. */
  readonly badge: string | null
  /** Fires the events. */
  readonly element: HTMLElement
  readonly onCopy: () => void
}

/** A value with its label, its link and its copy button. */
export const cardValue = (value: CardValue, setting: CardValueSetting): TemplateResult => {
  const { card, isCopied, badge, onCopy } = setting
  return html`<div class="value" part="value">
    <dt class="small muted">${value.label}</dt>
    <dd class=${badge === null ? '' : 'sourced'}>
      ${linked(value, setting)}
      ${badge === null ? nothing : html`<span class="badge" part="badge">${badge}</span>`}
    </dd>
    <dd class="copy">
      <button
        type="button"
        class="button subtle icon"
        aria-label=${card.copy(value.label)}
        title=${card.copy(value.label)}
        @click=${onCopy}
      >
        ${icon(isCopied ? 'check' : 'copy')}
      </button>
    </dd>
  </div>`
}

const linked = ({ text, kind }: CardValue, { key, dial, element }: CardValueSetting): TemplateResult => {
  const ask = (isDefault: boolean, event: Event) => (isDefault ? undefined : event.preventDefault())
  switch (kind) {
    case 'number': {
      const address = dial && callAddress(dial)
      if (!dial || address === null || address === undefined) return html`<bdi dir="ltr">${text}</bdi>`
      return html`<a
        class="reach"
        href=${address}
        @click=${(event: Event) => ask(announce(element, 'contact-call', { key, number: text, dial }), event)}
        ><bdi dir="ltr">${text}</bdi>${icon('call')}</a
      >`
    }
    case 'address':
      return html`<a
        class="reach"
        href=${mailAddress(text)}
        @click=${(event: Event) => ask(announce(element, 'contact-mail', { key, address: text }), event)}
        ><bdi dir="ltr">${text}</bdi>${icon('mail')}</a
      >`
    case 'link': {
      const address = webAddress(text)
      if (address === null) return html`<bdi>${text}</bdi>`
      return html`<a href=${address} target="_blank" rel="noopener noreferrer"
        ><bdi dir="ltr">${text}</bdi></a
      >`
    }
    case 'lines':
      return html`<span class="lines" dir="auto">${text}</span>`
    case 'text':
      return html`<span dir="auto">${text}</span>`
  }
}
