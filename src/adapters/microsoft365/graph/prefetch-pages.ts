import { ImportFailure } from '../../../domain/failures.ts'
import type { GraphClient } from './graph-client.ts'
import { loopGuard } from './loop-guard.ts'
import { type GraphPage, readPage } from './page.ts'

/** One list to be read to its end. */
export interface PagedList {
  readonly first: string
  /** The link to any place of it, where it is paged by plain numbers; null: link by link only. */
  readonly at: ((skip: number) => string) | null
  /** Where `first` stands. */
  readonly skip: number
  /** How far it is from one page to the next. */
  readonly step: number
  /** How much it is said to hold; null where nobody says. */
  readonly expected: number | null
}

export interface PrefetchedPage {
  /** Of the list it belongs to. */
  readonly list: number
  readonly page: GraphPage
}

interface Slot {
  link: string
  readonly skip: number | null
  answer: Promise<GraphPage> | null
  /** It is asked once more, because its link led back. */
  readonly isRepeated?: true
}

/** Pages that are asked for, or there, before their turn. */
const AHEAD = 8
/** Requests that are not read yet: those that go out at once, and some in line, so that no place stays empty. */
const UNREAD = 5
/** Every third request is for two pages, in a batch: the service serves four at once, and takes three requests. */
const PAIR_EVERY = 3

/**
 * Reads lists page by page, in order, with several pages on their way at once. Where the links of a list are plain
 * `$skip`s, pages to come are asked for by such links of our own; as soon as a link leads anywhere else than
 * foreseen, it is followed, and what was asked for beyond it is dropped. How much is foreseen is a hint that may be
 * wrong: only a missing link ends a list.
 *
 * Throws `bad-answer` where an answer is no page, and where a list runs in a circle.
 *
 * @param isGone whether a list that fails so counts as read to its end
 */
export async function* prefetchPages(
  graph: GraphClient,
  lists: readonly PagedList[],
  isGone: (error: unknown, list: number) => boolean,
): AsyncGenerator<PrefetchedPage> {
  const queues = lists.map(foreseen)
  let launched = 0
  let unread = 0
  let ahead = 0

  const launch = (slots: readonly Slot[]) => {
    launched++
    unread++
    ahead += slots.length
    const [only] = slots
    const answers =
      slots.length === 1 && only
        ? Promise.allSettled([graph.follow(only.link)])
        : graph.followAll(slots.map(({ link }) => link))
    for (const [index, slot] of slots.entries()) {
      slot.answer = answers.then((settled) => pageOf(settled[index]))
      slot.answer.catch(() => undefined) // It fails when it is its turn.
    }
    const done = () => {
      unread--
      pump()
    }
    answers.then(done, done)
  }

  const pump = (): void => {
    while (unread < UNREAD && ahead < AHEAD) {
      const next = queues.flat().filter(({ answer }) => answer === null)
      const isPair = (launched + 1) % PAIR_EVERY === 0
      const slots = next.slice(0, isPair ? 2 : 1)
      if (slots.length === 0) return
      launch(slots)
    }
  }

  const drop = (queue: Slot[]) => {
    ahead -= queue.filter(({ answer }) => answer !== null).length
    queue.length = 0
  }

  for (const [index, list] of lists.entries()) {
    const queue = queues[index] ?? []
    const guard = loopGuard()
    for (let slot = queue.shift(); slot !== undefined; slot = queue.shift()) {
      if (slot.answer === null) launch([slot])
      pump()
      let page: GraphPage
      try {
        page = await answerOf(slot)
      } catch (error) {
        if (!isGone(error, index)) throw error
        drop(queue)
        break
      } finally {
        ahead--
      }
      if (guard.repeats(page)) {
        if (slot.isRepeated) throw new ImportFailure('bad-answer')
        queue.unshift({ ...slot, answer: null, isRepeated: true })
        continue
      }
      guard.take(page)
      const { next } = page
      const skip = next === null ? null : skipAfter(list, slot, next)
      if (next === null || skip === null) drop(queue)
      if (next !== null && queue.length === 0) queue.push({ link: next, skip, answer: null })
      if (next !== null && skip !== null) {
        const at = likeLink(next)
        for (const slot of queue) if (slot.answer === null && slot.skip !== null) slot.link = at(slot.skip)
        // Where nobody knows how long a list is, two more pages are worth a try.
        const { step, expected } = list
        foresee(queue, { skip, step, end: expected ?? skip + 3 * step }, at)
      }
      pump()
      yield { list: index, page }
    }
  }
}

const answerOf = ({ answer }: Slot): Promise<GraphPage> => {
  if (answer === null) throw new TypeError('A page was waited for that nobody asked for')
  return answer
}

const pageOf = (settled: PromiseSettledResult<unknown> | undefined): GraphPage => {
  if (settled?.status !== 'fulfilled') throw settled?.reason
  return readPage(settled.value)
}

const foreseen = (list: PagedList): Slot[] => {
  const { first, at, skip, expected, step } = list
  const queue: Slot[] = [{ link: first, skip: at === null ? null : skip, answer: null }]
  if (at !== null) foresee(queue, { skip, step, end: expected ?? 0 }, at)
  return queue
}

/** Where the link after a page leads, if that is where the next page was foreseen. */
const skipAfter = ({ at, step }: PagedList, { skip }: Slot, next: string): number | null => {
  if (at === null || skip === null) return null
  return skipIn(next, at(skip)) === skip + step ? skip + step : null
}

/** Fills a queue whose first page stands at `skip` with those after it, as far as the list goes. */
const foresee = (
  queue: Slot[],
  { skip, step, end }: { readonly skip: number; readonly step: number; readonly end: number },
  at: (skip: number) => string,
): void => {
  for (let to = skip + queue.length * step; to < end && queue.length < AHEAD; to += step)
    queue.push({ link: at(to), skip: to, answer: null })
}

/** Links to other places of a list, in the shape that the service gives its own. */
const likeLink =
  (link: string) =>
  (skip: number): string =>
    link.replace(/((?:\$|%24)skip=)\d+/i, `$1${skip}`)

/**
 * Where a link leads in a listing that is paged by plain numbers: the `$skip` in it, where all else asks for the
 * same as `like` does. Null for any other link: what it means is its server's business. Outlook writes the
 * options of its links in another order and spelling than they came.
 */
export const skipIn = (link: string, like: string): number | null => {
  if (!URL.canParse(link)) return null
  const options = optionsOf(link)
  const skip = options.get('$skip') ?? ''
  options.delete('$skip')
  const wanted = optionsOf(like)
  wanted.delete('$skip')
  const isSame =
    options.size === wanted.size && [...options].every(([name, value]) => wanted.get(name) === value)
  return isSame && /^\d{1,9}$/.test(skip) ? Number(skip) : null
}

const optionsOf = (link: string): Map<string, string> => new Map(new URL(link).searchParams)
