import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { Row } from '../../../../index.ts'
import type { CardView } from '../card-view.ts'
import { commandButton } from './command-button.ts'
import { icon } from '../../base/icons.ts'

/** Whether a removal waits for the person. */
export const isHeld = ({ account }: Pick<CardView, 'account'>): boolean =>
  account.held !== null && account.state === 'failed' && account.list?.status === 'ready'

/** Whether it does, and the person has decided to keep the contacts. */
export const isKept = (view: Pick<CardView, 'account' | 'card'>): boolean =>
  isHeld(view) && view.card.keptAttempt === (view.account.attempt?.id ?? '')

/** A refresh would remove many contacts: the person decides. */
export const heldQuestion = (view: CardView): TemplateResult => {
  const { account, card, texts } = view
  const { removes, of } = account.held ?? { removes: 0, of: 0 }
  const { held } = texts.settings
  const attempt = account.attempt?.id ?? null
  if (isKept(view))
    return html`<div class="message info" part="message" role="group">
      ${icon('info')}
      <div class="text">
        <p>${held.kept(removes, account.source)}</p>
        <div class="commands">
          <button class="button plain" part="button" @click=${() => card.keep(null)}>${held.look}</button>
        </div>
      </div>
    </div>`
  const id = `${account.source}-held`
  return html`<div class="message warning" part="message" role="alert">
    ${icon('question')}
    <div class="text">
      <p class="strong" id=${id}>${held.question(removes, of)}</p>
      <p>${held.gone(account.source)}</p>
      <ul class="names" role="list" tabindex="0" aria-label=${held.names}>
        ${card.held.map((row) => nameOf(row, held.noName))}
      </ul>
      ${
        card.held.length > 0 && card.held.length < removes
          ? html`<button class="button subtle" part="button" @click=${() => void card.showHeld(removes)}>
              ${held.showAll(removes)}
            </button>`
          : nothing
      }
      <div class="commands">
        <button class="button primary" part="button" @click=${() => card.keep(attempt)}>${held.keep}</button>
        ${commandButton(view, 'approveRemoval', { look: 'danger' })} ${commandButton(view, 'refresh')}
      </div>
    </div>
  </div>`
}

const nameOf = ({ name, organization, phone, email }: Row, noName: string): TemplateResult => {
  const detail = organization ?? email
  return html`<li>
    <bdi>${name || noName}</bdi> ${
      detail !== null && detail !== name
        ? html`<bdi class="muted">${detail}</bdi>`
        : phone !== null && phone.value !== name
          ? html`<bdi class="muted" dir="ltr">${phone.value}</bdi>`
          : nothing
    }
  </li>`
}
