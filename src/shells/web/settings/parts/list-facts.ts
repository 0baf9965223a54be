import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { timeAgo } from '../../base/relative-time.ts'
import type { FailureCode, SkippedContact } from '../../../../index.ts'
import type { Messages } from '../../../../messages.ts'
import type { CardView } from '../card-view.ts'
import { isKept } from './held-question.ts'
import { icon } from '../../base/icons.ts'

/** In ms. Nothing says that the list is wrong, but few people expect it to be older. */
const OLD = 7 * 86_400_000

/** Whether the sign-in has ended, so that a refresh would fail. */
export const hasAccessEnded = ({ account, now }: Pick<CardView, 'account' | 'now'>): boolean =>
  account.accessUntil !== null && Date.parse(account.accessUntil) <= now

/** The service grants no access any more, whatever was promised when the person signed in. */
const refusals: readonly FailureCode[] = [
  ...(['sign-in-expired', 'permission-removed', 'permission-missing'] as const),
  ...(['sign-in-blocked', 'admin-approval-needed', 'different-account'] as const),
]

const isRefused = ({ account }: CardView): boolean =>
  account.state === 'failed' && account.code !== null && refusals.includes(account.code)

/** Whether the source may have changed since the list was updated. */
export const isOld = (view: Pick<CardView, 'account' | 'now'>): boolean => {
  const { lastUpdated, isStale, notices } = view.account
  if (isStale || hasAccessEnded(view) || notices.includes('list-may-be-older')) return true
  return lastUpdated !== null && view.now - Date.parse(lastUpdated) > OLD
}

/** `Updated 5 minutes ago`; the title has date and time. *Just now* would contradict that the list may be out of date. */
const updated = (view: CardView, iso: string): TemplateResult => {
  const { texts, now } = view
  const ago = timeAgo(iso, now, texts.locale) ?? (isOld(view) ? texts.time(iso) : null)
  return html`<time datetime=${iso} title=${texts.time(iso)}
    >${ago === null ? texts.settings.updatedNow : texts.settings.updated(ago)}</time
  >`
}

/** The facts about a list on this device. */
export const listFacts = (view: CardView): unknown => {
  const { account, texts } = view
  const { list, lastUpdated, lastResult, accessUntil, source, state } = account
  const { settings } = texts
  if (list === null) return nothing
  const left = list.available - list.count
  return html`<div class="facts">
    <p class="count">
      ${list.capped ? texts.contactsOf(list.count, list.available) : texts.contacts(list.count)}
    </p>
    <p class="muted dots">
      ${lastUpdated === null ? nothing : updated(view, lastUpdated)}
      ${
        isOld(view) && state !== 'imported' && state !== 'capped' && !isKept(view)
          ? html`<span class="badge warning" part="badge">${icon('warning')}${settings.marks.old}</span>`
          : nothing
      }
      ${
        accessUntil === null || hasAccessEnded(view) || isRefused(view)
          ? nothing
          : html`<span>${settings.signedInUntil(texts.time(accessUntil))}</span>`
      }
    </p>
    ${
      lastResult === null || (state !== 'imported' && state !== 'capped')
        ? nothing
        : html`<p class="muted result">${settings.lastUpdate(lastResult)}</p>`
    }
    ${list.capped && left > 0 ? html`<p class="note">${settings.capped(left, source)}</p>` : nothing}
    ${list.incomplete > 0 ? html`<p class="muted">${texts.incomplete(list.incomplete)}.</p>` : nothing}
    ${hasAccessEnded(view) ? html`<p class="warn">${settings.accessEnded(source)}</p>` : nothing}
    ${lastProblem(view)}
  </div>`
}

/** A failure that a later update has made good. */
const lastProblem = ({ account, texts, situation, now }: CardView): unknown => {
  const { lastFailure, state } = account
  if (lastFailure === null || (state !== 'imported' && state !== 'capped')) return nothing
  const ago = timeAgo(lastFailure.at, now, texts.locale) ?? texts.time(lastFailure.at)
  // The problem may have been with an earlier file.
  const { file: _, ...then } = situation
  return html`<p class="muted small" title=${texts.time(lastFailure.at)}>
    ${texts.settings.lastProblem(ago, texts.failures[lastFailure.code](then).happened)}
  </p>`
}

/** The contacts that could not be imported, by reason and folder or file; read when they are opened. */
export const skippedDetails = ({ account, card, texts }: CardView): unknown => {
  if (account.skipped === 0) return nothing
  const toggle = (event: Event): void => {
    if ((event.currentTarget as HTMLDetailsElement).open) void card.showSkipped(account.skipped)
  }
  return html`<details part="details" @toggle=${toggle}>
    <summary><span>${texts.settings.skipped(account.skipped)}</span></summary>
    <ul>
      ${reasons(card.skipped ?? [], account.folders, texts).map((reason) => html`<li>${reason}</li>`)}
    </ul>
  </details>`
}

const reasons = (
  skipped: readonly SkippedContact[],
  folders: CardView['account']['folders'],
  texts: Messages,
): readonly string[] => {
  const groups = new Map<string, { first: SkippedContact; count: number }>()
  for (const first of skipped) {
    const key = `${first.reason} ${first.folder ?? ''} ${first.file ?? ''}`
    const group = groups.get(key) ?? { first, count: 0 }
    group.count++
    groups.set(key, group)
  }
  return [...groups.values()].map(({ first, count }) => {
    const reason = texts.skips[first.reason](count)
    if (first.file !== undefined) return texts.settings.skippedFile(reason, first.file)
    const name = folders.find(({ id }) => id === first.folder)?.name ?? null
    return name === null ? reason : texts.settings.skippedIn(reason, name)
  })
}
