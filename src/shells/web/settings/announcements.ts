import type { Source } from '../../../index.ts'
import { secondsLeft } from '../base/relative-time.ts'
import type { CardView } from './card-view.ts'
import { consentWords } from './parts/consent-panel.ts'
import { fetchCount, fetchWords } from './parts/fetch-panel.ts'

/** In ms. A screen reader that speaks each count of an import says nothing else. */
const COUNT_EVERY = 10_000

/** What tells one piece of news from another: no counts and no seconds. */
interface News {
  readonly state: CardView['account']['state']
  readonly attempt: string
  readonly words: string
  /** Why it waits; empty if it does not. */
  readonly wait: string
}

interface Said extends News {
  /** When the last count was said, milliseconds since 1970. */
  readonly countAt: number
}

/** What a screen reader says of changes, other than the failures, which are alerts of their own. */
export class Announcements {
  readonly #said = new Map<Source, Said>()

  /** The news since the last call; null if there are none, empty if what was said last is over. The first call gives none. */
  of(views: readonly CardView[]): string | null {
    const news = views.map((view) => this.#newOf(view)).filter((text) => text !== null)
    return news.length === 0 ? null : news.filter((text) => text !== '').join('\n')
  }

  #newOf(view: CardView): string | null {
    const { account, now, texts } = view
    const { source, state } = account
    const before = this.#said.get(source)
    const news = newsOf(view)
    const isOld = before !== undefined && isSame(before, news, view)
    const isCountDue =
      state === 'fetching' && account.counts.contacts > 0 && now - (before?.countAt ?? 0) >= COUNT_EVERY
    if (isOld && !isCountDue) return null
    this.#said.set(source, {
      ...(isOld ? before : news),
      countAt: isCountDue ? now : (before?.countAt ?? now),
    })
    if (before === undefined) return null
    if (state === 'idle' && before.state !== 'idle') return texts.settings.signOut.done(source)
    if (isOld) return fetchCount(view)
    return news.words === '' ? '' : textOf(view)
  }
}

const newsOf = ({ account, progress, ...view }: CardView): News => {
  const { state, runner, attempt } = account
  const news = { state, attempt: attempt?.id ?? '', words: '', wait: progress?.waiting?.reason ?? '' }
  if (runner === 'elsewhere') return { ...news, words: runner }
  switch (state) {
    case 'consenting':
      return { ...news, words: consentWords({ account, progress, ...view }) }
    case 'fetching':
    case 'imported':
    case 'capped':
    case 'cancelled':
      return { ...news, words: state }
    default:
      return news
  }
}

/** Also between two tries, and in the moment before the end of an attempt, when its progress is over. */
const isSame = (
  before: News,
  { state, attempt, words, wait }: News,
  { account, progress }: CardView,
): boolean => {
  if (before.state !== state || before.attempt !== attempt) return false
  if (state === 'consenting' && account.runner === 'here' && progress?.address === undefined) return true
  return before.words === words && (wait === '' || before.wait === wait)
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
