import type { Source } from '../../../index.ts'
import { secondsLeft } from '../base/relative-time.ts'
import type { CardView } from './card-view.ts'
import { consentWords } from './parts/consent-panel.ts'
import { fetchCount, fetchWords } from './parts/fetch-panel.ts'

/** In ms. A screen reader that speaks each count of an import says nothing else. */
const COUNT_EVERY = 10_000

interface Said {
  readonly state: CardView['account']['state']
  readonly news: string
  /** When the last count was said, milliseconds since 1970. */
  readonly countAt: number
}

/** What a screen reader says of changes, other than the failures, which are alerts of their own. */
export class Announcements {
  readonly #said = new Map<Source, Said>()

  /** The news since the last call; empty if there are none. The first call gives none. */
  of(views: readonly CardView[]): string {
    return views
      .map((view) => this.#newOf(view))
      .filter((text) => text !== '')
      .join('\n')
  }

  #newOf(view: CardView): string {
    const { account, now, texts } = view
    const { source, state } = account
    const before = this.#said.get(source)
    const news = newsOf(view)
    const isCountDue =
      state === 'fetching' && account.counts.contacts > 0 && now - (before?.countAt ?? 0) >= COUNT_EVERY
    if (before !== undefined && before.state === state && before.news === news && !isCountDue) return ''
    this.#said.set(source, { state, news, countAt: isCountDue ? now : (before?.countAt ?? now) })
    if (before === undefined) return ''
    if (state === 'idle' && before.state !== 'idle') return texts.settings.signOut.done(source)
    if (before.state === state && before.news === news) return fetchCount(view)
    return news === '' ? '' : textOf(view)
  }
}

/** Tells one piece of news from another: without counts and seconds. */
const newsOf = ({ account, progress, ...view }: CardView): string => {
  const { state, runner, attempt } = account
  const waiting = progress?.waiting ? String(new Date(progress.waiting.until).getTime()) : ''
  if (runner === 'elsewhere') return runner
  switch (state) {
    case 'consenting':
      return consentWords({ account, progress, ...view }) + waiting
    case 'fetching':
      return `${attempt?.id ?? ''} ${waiting}`
    case 'imported':
    case 'capped':
    case 'cancelled':
      return state
    default:
      return ''
  }
}

const textOf = (view: CardView): string => {
  const { account, progress, texts, situation, now } = view
  const { state, source, lastResult, runner } = account
  if (runner === 'elsewhere') return texts.refusals['running-elsewhere'](situation).happened
  if (progress?.waiting)
    return texts.waits[progress.waiting.reason](source, secondsLeft(progress.waiting.until, now))
  switch (state) {
    case 'consenting':
      return consentWords(view)
    case 'fetching':
      return fetchWords(view).join('\n')
    case 'cancelled':
      return texts.cancelled(situation).happened
    default:
      return lastResult === null ? '' : texts.settings.lastUpdate(lastResult)
  }
}
