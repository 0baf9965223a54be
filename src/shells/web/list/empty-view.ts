import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ClientAccount, FailureCode } from '../../../index.ts'
import { explainFailure } from '../../../messages.ts'
import type { EmptyReason, Messages } from '../../../messages.ts'
import { icon } from '../base/icons.ts'
import type { IconName } from '../base/icons.ts'

/** Those without a picture pass by themselves. */
const pictures: Readonly<Partial<Record<EmptyReason, IconName>>> = {
  'not-connected': 'people',
  'no-contacts': 'people',
  cancelled: 'people',
  locked: 'lock',
  lost: 'lock',
  'no-permission': 'lock',
  offline: 'offline',
  failed: 'warning',
  'no-hit': 'search',
  'no-hit-yet': 'search',
  'search-failed': 'warning',
}

const searchReasons: readonly EmptyReason[] = ['no-hit', 'no-hit-yet', 'search-failed']

/** The failure whose sentences say more than the title; null if there is none. */
const codeOf = (reason: EmptyReason, account: ClientAccount | null): FailureCode | null => {
  if (reason === 'locked') return 'storage-locked'
  if (reason === 'lost') return 'storage-key-lost'
  return ['no-permission', 'offline', 'failed'].includes(reason) ? (account?.code ?? null) : null
}

/** What a failure says about the contacts of an account: what happened, and what to do. */
const failureLines = (
  code: FailureCode,
  { source, details }: ClientAccount,
  texts: Messages,
): readonly string[] => {
  const situation = { source, steps: texts.list.steps, storage: 'browser' } as const
  const { happened, next, administrator } = explainFailure(texts, code, situation, { details })
  return [happened, next, ...(administrator === null ? [] : [administrator])]
}

/** Why there is nothing to see, and what to do. */
export const emptyView = (
  reason: EmptyReason,
  account: ClientAccount | null,
  texts: Messages,
  { onSettings, onClear }: { readonly onSettings: () => void; readonly onClear: () => void },
): TemplateResult => {
  const { happened, next } = texts.list.empty[reason]
  const code = codeOf(reason, account)
  const lines = code === null || account === null ? [next] : failureLines(code, account, texts)
  const picture = pictures[reason]
  const button = searchReasons.includes(reason)
    ? html`<button type="button" class="button" @click=${onClear}>${texts.list.clearSearch}</button>`
    : html`<button type="button" class="button primary" @click=${onSettings}>
        ${texts.list.openSettings}
      </button>`
  return html`<div class="empty" part="empty" data-reason=${reason}>
    ${picture === undefined ? html`<span class="spinner"></span>` : icon(picture)}
    <h3>${happened}</h3>
    ${lines.map((line) => (line === '' ? nothing : html`<p class="muted">${line}</p>`))}
    ${picture === undefined ? nothing : button}
  </div>`
}

/** Leads the keyboard to the reason, if there is one and what had the focus is gone, or hidden with the rows. */
export const focusReason = ({ shadowRoot }: HTMLElement): void => {
  if (!shadowRoot?.activeElement?.matches(':not(.scroller)'))
    shadowRoot?.querySelector<HTMLElement>('.stage')?.focus()
}

/** That the contacts of an account are missing in the list, and where to read more. */
export const unreadableNotice = (
  account: ClientAccount,
  texts: Messages,
  onSettings: () => void,
): TemplateResult => {
  const code = account.list?.status === 'locked' ? 'storage-locked' : 'storage-key-lost'
  return html`<div class="notice small">
    <p>${failureLines(code, account, texts)[0]}</p>
    <button type="button" class="button" @click=${onSettings}>${texts.list.openSettings}</button>
  </div>`
}
