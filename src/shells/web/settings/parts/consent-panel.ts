import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { timeLeft } from '../../base/relative-time.ts'
import type { CardView } from '../card-view.ts'
import { commandButton } from './command-button.ts'
import { icon } from '../../base/icons.ts'
import { copyButton } from './message-box.ts'
import { waitLine } from './fetch-panel.ts'

/** What the person has to do now. */
export const consentWords = (
  view: Pick<CardView, 'account' | 'card' | 'isOffline' | 'progress' | 'texts' | 'way'>,
): string => {
  const { account, progress, texts, way } = view
  const { consent } = texts.settings
  const { source } = account
  if (progress?.address === undefined) return view.isOffline ? consent.offline : consent.preparing(source)
  if (progress.userCode !== undefined) return consent.withCode
  if (way === null) return progress.opened === true ? consent.inBrowser(source) : consent.openYourself(source)
  if (!isTabOpen(view)) return consent.tabBlocked
  if (progress.tab === 'unknown') return consent.tabUnknown(source)
  return progress.tab === 'closed' ? consent.tabClosed : consent.inTab(source)
}

const isTabOpen = ({ card, progress }: Pick<CardView, 'card' | 'progress'>): boolean =>
  card.tab !== 'blocked' && (progress?.opened === true || card.tab === 'opened')

/** What the person has to do to sign in, and how long they have. */
export const consentPanel = (view: CardView): TemplateResult => {
  const { account, card, progress, texts, now } = view
  const { consent } = texts.settings
  const { until, tokensKeptIn } = progress ?? {}
  const id = `${account.source}-panel`
  const hint = `${account.source}-start-over-hint`
  return html`<div class="panel" part="panel" role="group" aria-labelledby=${id}>
    <h4 id=${id}>${consent.heading}</h4>
    <p class=${progress?.address === undefined ? 'busy' : ''}>${consentWords(view)}</p>
    ${ways(view)} ${waitLine(view)}
    ${tokensKeptIn === undefined ? nothing : html`<p class="warn">${consent.tokensKeptIn(tokensKeptIn)}</p>`}
    <div class="commands end">
      ${
        until === undefined
          ? nothing
          : html`<span class="time muted" role="timer">${consent.timeLeft(timeLeft(until, now))}</span>
              <button
                class="button subtle"
                part="button"
                aria-describedby=${hint}
                @click=${() => void card.startOver()}
              >
                ${consent.startOver}
              </button>
              <span class="visually-hidden" id=${hint}>${consent.startOverHint}</span>`
      }
      ${commandButton(view, 'cancel')}
    </div>
  </div>`
}

/** How to get to the sign-in page. */
const ways = (view: CardView): unknown => {
  const { card, progress, texts, way } = view
  const { consent } = texts.settings
  const { address, opened, userCode, tab } = progress ?? {}
  if (address === undefined) return nothing
  if (userCode !== undefined)
    return html`<p class="code">
        <span class="visually-hidden">${consent.code}</span><code dir="ltr">${userCode}</code>
        ${copyButton(view, userCode, consent.copyCode)}
      </p>
      <div class="commands">${link(address, consent.openPage, true)}</div>`
  if (way === null)
    return html`<div class="commands">${link(address, consent.openPage, opened !== true)}</div>`
  if (isTabOpen(view))
    return html`<div class="commands">
      <button
        class="button ${tab === 'closed' ? 'primary' : 'plain'}"
        part="button"
        @click=${() => card.openTab()}
      >
        ${icon('open')}${consent.openAgain}
      </button>
    </div>`
  return html`<div class="commands">
    ${link(address, consent.openPage, true)}
    <button class="button plain" part="button" @click=${() => card.continueInThisTab()}>
      ${consent.inThisTab}
    </button>
  </div>`
}

/** Only addresses of web pages: the address of a code comes from the service. */
const link = (address: string, label: string, isPrimary: boolean): unknown =>
  /^https?:/.test(address)
    ? html`<a
        class="button ${isPrimary ? 'primary' : 'plain'}"
        part="button"
        href=${address}
        target="_blank"
        rel="noopener noreferrer"
        >${icon('open')}${label}</a
      >`
    : html`<code dir="ltr">${address}</code>`
