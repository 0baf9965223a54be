import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { attemptLimit } from '../../http/attempt-limit.ts'
import type { GraphClient } from './graph-client.ts'
import { StubbornFault } from '../../http/retry/stubborn-fault.ts'
import { loopGuard } from './loop-guard.ts'
import { type PageSizes } from './page-sizes.ts'
import { type GraphPage, readPage } from './page.ts'
import { AHEAD, chainOf, predict, predicted, skipAfter, type PagedList, type Slot } from './page-queue.ts'
import { likeLink } from './skip-links.ts'

export interface PrefetchedPage {
  /** The index of its list. */
  readonly list: number
  readonly page: GraphPage
  /** Stands for one item that makes every page fail, or for the rest of a list that is not answered. */
  readonly unreadable?: 'item' | 'list'
  /** Why the whole list is left out. */
  readonly cause?: unknown
}

/** Maximum number of unanswered requests: those in flight, and some queued ones, so that no place stays empty. */
const UNANSWERED = 5
/** If more items than this cannot be read, in one list or in a row, the list is given up. */
const MOST_UNREADABLE = 100
const MOST_IN_A_ROW = 8
/** Every third request is a batch of two pages: three requests use the four places that the service serves at once. */
const PAIR_EVERY = 3

/**
 * Reads lists page by page, in order, with several requests in flight. If the links of a list are plain `$skip`s, it
 * predicts the links to later pages. As soon as a link differs from the prediction, it is followed, and the pages
 * that were requested beyond it are dropped. The expected length is a hint that may be wrong: only a missing link
 * ends a list.
 *
 * A page that keeps failing while others are answered is requested in halves, down to the item that makes it fail. A
 * list of which nothing can be read is left out, unless that is true of all lists.
 *
 * Throws `bad-answer` if a response is not a page, a list loops, or the limit is exceeded, and `StubbornFault` if a
 * page that can only be reached by its link keeps failing.
 *
 * @param isLeftOut whether a list that fails with this error is left out
 * @param sizes of the pages; shared by lists that follow each other
 * @param limit counts the items of all lists
 * @param onArrival called with each answer; `rest` returns the pages that are still to come, null if one has not
 * arrived
 */
export async function* prefetchPages(
  graph: GraphClient,
  lists: readonly PagedList[],
  isLeftOut: (error: unknown, list: number) => boolean,
  sizes: PageSizes,
  limit = attemptLimit(),
  onArrival?: (rest: () => readonly GraphPage[] | null) => void,
): AsyncGenerator<PrefetchedPage> {
  const queues = lists.map((list) => predicted(list, sizes.size))
  let answered = 0
  let sent = 0
  let unanswered = 0
  let ahead = 0
  /** The list that is being read, and the page for which it waits. */
  let turn = 0
  let awaited: Slot | null = null

  const rest = (): readonly GraphPage[] | null => {
    const chains = lists.slice(turn).map((list, place) => {
      const queue = queues[turn + place] ?? []
      return chainOf(list, place === 0 && awaited !== null ? [awaited, ...queue] : queue)
    })
    return chains.every((chain) => chain !== null) ? chains.flat() : null
  }

  const send = (slots: readonly Slot[]) => {
    sent++
    unanswered++
    ahead += slots.length
    const [only] = slots
    const answers =
      slots.length === 1 && only
        ? Promise.allSettled([graph.follow(only.link, { hasDetour: true, isSuspect: sizes.isInDoubt })])
        : graph.followAll(
            slots.map(({ link }) => link),
            { hasDetour: true },
          )
    for (const [index, slot] of slots.entries()) {
      slot.answer = answers.then((results) => (slot.page = pageOf(results[index])))
      slot.answer.catch(() => undefined) // Thrown when its turn comes.
    }
    const done = () => {
      unanswered--
      pump()
      onArrival?.(rest)
    }
    answers.then(done, done)
  }

  const pump = (): void => {
    while (unanswered < UNANSWERED && ahead < AHEAD) {
      const next = queues.flat().filter(({ answer }) => answer === null)
      const isPair = !graph.sparesPreflights && (sent + 1) % PAIR_EVERY === 0
      const slots = next.slice(0, isPair ? 2 : 1)
      if (slots.length === 0) return
      send(slots)
    }
  }

  const drop = (queue: Slot[]) => {
    ahead -= queue.filter(({ answer }) => answer !== null).length
    queue.length = 0
  }

  for (const [index, list] of lists.entries()) {
    const queue = queues[index] ?? []
    turn = index
    // Sizes may have changed since it was predicted.
    if (queue.some(({ size, answer }) => size !== sizes.size && answer === null && list.at !== null)) {
      drop(queue)
      queue.push(...predicted(list, sizes.size))
    }
    const guard = loopGuard(limit)
    let unreadable = 0
    let inARow = 0
    for (let slot = queue.shift(); slot !== undefined; slot = queue.shift()) {
      awaited = slot
      if (slot.answer === null) send([slot])
      pump()
      let page: GraphPage
      try {
        page = await answerOf(slot)
      } catch (error) {
        const { at } = list
        const { skip, size } = slot
        if (isPerhapsTooLarge(error) && at !== null && skip !== null) {
          drop(queue)
          if (size !== sizes.size || sizes.failed(skip)) {
            queue.push({ link: at(skip, sizes.size), skip, size: sizes.size, answer: null })
            continue
          }
          sizes.passOver(skip)
          if (++unreadable > MOST_UNREADABLE || ++inARow > MOST_IN_A_ROW) {
            if (answered === 0 && index === lists.length - 1) throw error
            sizes.ended()
            yield { list: index, page: NOTHING, unreadable: 'list' }
            break
          }
          const next = at(skip + 1, sizes.size)
          queue.push({ link: next, skip: skip + 1, size: sizes.size, answer: null })
          yield { list: index, page: { items: [], next, delta: null }, unreadable: 'item' }
          continue
        }
        if (!isLeftOut(error, index) || (answered === 0 && index === lists.length - 1)) throw error
        drop(queue)
        sizes.ended()
        yield { list: index, page: NOTHING, unreadable: 'list', cause: error }
        break
      } finally {
        ahead--
        awaited = null
      }
      if (guard.repeats(page)) {
        if (slot.isRepeated) throw new ImportFailure('bad-answer')
        queue.unshift({ ...slot, answer: null, isRepeated: true })
        continue
      }
      guard.take(page)
      answered++
      inARow = 0
      const { next } = page
      const skip = next === null ? null : skipAfter(list, slot, next)
      if (slot.skip !== null && list.at !== null) sizes.answered(slot.skip, slot.size)
      if (next === null) sizes.ended()
      const { size, isInDoubt } = sizes
      const isSameSize = size === slot.size && !isInDoubt
      if (next === null || skip === null || !isSameSize) drop(queue)
      if (next !== null && queue.length === 0) {
        const link = skip === null || list.at === null || isSameSize ? next : list.at(skip, size)
        queue.push({ link, skip, size: skip === null ? slot.size : size, answer: null })
      }
      if (next !== null && skip !== null && isSameSize) {
        const at = likeLink(next)
        for (const slot of queue) if (slot.answer === null && slot.skip !== null) slot.link = at(slot.skip)
        // If the length is not known, try two more pages.
        predict(queue, { skip, size, end: list.expected ?? skip + 3 * size }, at)
      }
      pump()
      yield { list: index, page }
    }
  }
}

/** Besides the failures of the server: 413 Content Too Large and 507 Insufficient Storage. */
const isPerhapsTooLarge = (error: unknown): boolean =>
  error instanceof StubbornFault || (isImportFailure(error) && [413, 507].includes(error.details.status ?? 0))

const NOTHING: GraphPage = { items: [], next: null, delta: null }

const answerOf = ({ answer }: Slot): Promise<GraphPage> => {
  if (answer === null) throw new TypeError('The page was not requested')
  return answer
}

const pageOf = (result: PromiseSettledResult<unknown> | undefined): GraphPage => {
  if (result?.status !== 'fulfilled') throw result?.reason
  return readPage(result.value)
}
