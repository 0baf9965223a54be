import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { explainRefusal } from '../../../../messages.ts'
import { secondsLeft } from '../../base/relative-time.ts'
import type { CardView } from '../card-view.ts'
import { commandButton } from './command-button.ts'

/** What an import is called, and what the person may expect of it. */
export const fetchWords = ({
  account,
  texts,
}: Pick<CardView, 'account' | 'texts'>): readonly [string, string] => {
  const { fetch } = texts.settings
  return account.list === null
    ? [fetch.importing(account.source), fetch.importingHint]
    : [fetch.updating(account.source), fetch.updatingHint]
}

/** How far the import is: `1,240 of about 12,400 contacts`. */
export const fetchCount = ({ account, texts }: Pick<CardView, 'account' | 'texts'>): string => {
  const { contacts, expected } = account.counts
  if (contacts === 0) return texts.settings.fetch.starting
  return expected === null || expected < contacts
    ? texts.contacts(contacts)
    : texts.contactsOfAbout(contacts, expected)
}

/** An import under way here. */
export const fetchPanel = (view: CardView): TemplateResult => {
  const { account, progress, texts } = view
  const { contacts, expected } = account.counts
  const [heading, hint] = fetchWords(view)
  const id = `${account.source}-panel`
  const isKnown = expected !== null && expected > 0
  return html`<div class="panel" part="panel" role="group" aria-labelledby=${id}>
    <h4 id=${id}>${heading}</h4>
    <p class="muted">${hint}</p>
    <progress
      part="progress"
      aria-labelledby=${id}
      max=${isKnown ? Math.max(expected, contacts) : nothing}
      value=${isKnown ? contacts : nothing}
    ></progress>
    <p class="counts">
      <span>${fetchCount(view)}</span>
      ${
        progress?.folder === undefined
          ? nothing
          : html`<span class="muted">${texts.settings.fetch.folder(progress.folder)}</span>`
      }
    </p>
    ${waitLine(view)}
    <div class="commands end">${commandButton(view, 'cancel')}</div>
  </div>`
}

/** Why it waits, for how long, and the way to wait no longer. */
export const waitLine = ({ account, card, progress, texts, now }: CardView): unknown => {
  const waiting = progress?.waiting
  if (!waiting) return nothing
  return html`<p class="wait">
    <span class="warn">${texts.waits[waiting.reason](account.source, secondsLeft(waiting.until, now))}</span>
    ${
      waiting.canRetryNow === true
        ? html`<button class="button plain" part="button" @click=${() => void card.retryNow()}>
            ${texts.settings.fetch.tryNow}
          </button>`
        : nothing
    }
  </p>`
}

/** An attempt that another window or program runs. */
export const elsewherePanel = (view: CardView): TemplateResult => {
  const { account, texts, situation } = view
  const { happened, next } = explainRefusal(texts, 'running-elsewhere', situation)
  return html`<div class="panel" part="panel" role="group">
    <p class="strong busy">${happened}</p>
    <p>${next}</p>
    ${account.state === 'fetching' ? html`<p class="counts">${fetchCount(view)}</p>` : nothing}
    <div class="commands end">${commandButton(view, 'cancel')}</div>
  </div>`
}
