import { type ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { isAboutConnection } from '../../../http/connection/connection-failure.ts'
import { errorDetails } from '../../../http/error-details.ts'
import { isTransientStatus, type RetryOptions } from '../../../http/retry/retry.ts'
import { StubbornFault } from '../../../http/retry/stubborn-fault.ts'
import { throttled } from '../../../http/retry/transient-error.ts'
import {
  type Answer,
  isFinal,
  isObject,
  LARGEST_BATCH,
  pauseAll,
  readAnswers,
  responseOf,
  waitOf,
} from './batch-parts.ts'
import { isSwapped } from './swapped-answers.ts'
import { graphFailure } from '../errors.ts'

export interface BatchOptions extends RetryOptions {
  readonly service: URL
  readonly signal: AbortSignal
  readonly follow: (link: string, options?: FollowOptions) => Promise<unknown>
  /** Sends a batch; `weight` as in `RequestGate.enter`. */
  readonly postBatch: (body: unknown, weight: number) => Promise<unknown>
  readonly headersFor: (link: string) => Readonly<Record<string, string>>
  /** Called if the service has answered a part. */
  readonly onAnswered?: () => void
  /** Whether a single link goes into a batch as well. Default: false. */
  readonly batchesSingles?: boolean
}

export interface FollowOptions {
  /**
   * The caller has another way. So a request that keeps failing while others are answered fails with `StubbornFault`.
   */
  readonly hasDetour?: boolean
  /** A larger form of this request kept failing, so this one is given up sooner. */
  readonly isSuspect?: boolean
  /** When the request failed in a batch (milliseconds since 1970). */
  readonly failedAt?: number | null
}

type Result = PromiseSettledResult<unknown>

/** Statuses of a service without batches. A batch that fails in any other way is tried once more. */
const UNSUPPORTED = [400, 404, 405, 415, 501]
const MOST_FAILURES = 2

/** The answers of a batch by the indexes of their links. */
type Answers = ReadonlyMap<string, Answer>

/**
 * Follows links in batches (Graph: "JSON batching"). A batch is only a shortcut: however it fails, a link without a
 * final response is followed on its own, with all the retries of a request. Returns a result for each link, in the
 * order of the links.
 */
export const graphBatch = (options: BatchOptions) => {
  const { service, signal, follow, postBatch, headersFor, onAnswered, limits, timers } = options
  const { batchesSingles = false } = options
  const base = service.href.replace(/\/+$/, '')
  let failures = 0
  /**
   * Of batches with one link that failed as a whole, or gave nothing although the link on its own did. Counted apart,
   * because their link may be to blame, and other batches spare far more requests.
   */
  let failuresOfSingles = 0

  /** Null if the batch as a whole failed; empty if its answers are not to be trusted. */
  const ask = async (links: readonly string[]): Promise<Answers | null> => {
    const requests = links.map((link, index) => ({
      // Batches of one link are in flight together: the answer to another must not pass for the one to this.
      id: links.length === 1 ? crypto.randomUUID() : `${index}`,
      method: 'GET',
      url: link.slice(base.length),
      headers: { ...headersFor(link), 'client-request-id': crypto.randomUUID() },
    }))
    try {
      const read = readAnswers(await postBatch({ requests }, Math.min(links.length, limits.served)))
      const answers: Answers = new Map(
        requests.flatMap(({ id }, index) => {
          const answer = read.get(id)
          return answer ? [[`${index}`, answer] as const] : []
        }),
      )
      if (answers.size > 0 && !isSwapped(links, answers) && !isRefusedWhole(links, answers)) return answers
      // Whether a refusal of the only link concerns the batch shows when the link is followed on its own.
      if (links.length > 1) failures++
      return new Map()
    } catch (error) {
      if (!isFaultOfBatch(error)) throw error
      if (UNSUPPORTED.includes(error.details.status ?? 0)) failures = MOST_FAILURES
      else if (links.length === 1) failuresOfSingles++
      else failures++
      return null
    }
  }

  const resultOf = async (
    link: string,
    answer: Answer | undefined,
    arrivedAt: number,
    followOptions: FollowOptions,
  ): Promise<Result> => {
    if (answer && answer.status === 200 && isPageOrItem(answer.body)) {
      return { status: 'fulfilled', value: answer.body }
    }
    if (answer && isFinal(answer)) {
      return { status: 'rejected', reason: graphFailure(responseOf(answer), answer.body, null) }
    }
    if (answer && waitOf(answer, options) > limits.retries) {
      const details = errorDetails(responseOf(answer), answer.body)
      return { status: 'rejected', reason: throttled(details, waitOf(answer, options), arrivedAt) }
    }
    const failedAt = answer && answer.status >= 500 && isTransientStatus(answer.status) ? arrivedAt : null
    const [result] = await Promise.allSettled([follow(link, { ...followOptions, failedAt })])
    return result
  }

  const followChunk = async (links: readonly string[], followOptions: FollowOptions): Promise<Result[]> => {
    const isSingle =
      failures >= MOST_FAILURES ||
      (links.length === 1 && (!batchesSingles || failuresOfSingles >= MOST_FAILURES)) ||
      !links.every((link) => link.startsWith(`${base}/`))
    const answers = isSingle ? null : await ask(links)
    const arrivedAt = timers.now()
    const all = [...(answers?.values() ?? [])]
    if (all.some(({ status }) => status < 500 && !isTransientStatus(status))) onAnswered?.()
    const waits = all.map((answer) => waitOf(answer, options)).filter((wait) => wait <= limits.retries)
    const longest = Math.max(0, ...waits)
    if (longest > 0) await pauseAll(longest, options)
    const results = await eachInTurn(links, limits.inFlight, (link, index) =>
      resultOf(link, answers?.get(`${index}`), arrivedAt, followOptions),
    )
    const [only] = results
    const isOnItsOwn = only?.status === 'fulfilled' && only.value !== answers?.get('0')?.body
    if (answers && links.length === 1 && longest === 0 && isOnItsOwn) failuresOfSingles++
    return results
  }

  return async (links: readonly string[], followOptions: FollowOptions = {}): Promise<readonly Result[]> => {
    const results: Result[] = []
    for (let start = 0; start < links.length; start += LARGEST_BATCH) {
      signal.throwIfAborted()
      results.push(...(await followChunk(links.slice(start, start + LARGEST_BATCH), followOptions)))
    }
    signal.throwIfAborted()
    return results
  }
}

/**
 * Whether all parts are refused with the same status, so that the refusal may concern the batch itself. It is a real
 * answer if items are gone (404, 410), or if no folder can begin a delta from now on.
 */
const isRefusedWhole = (links: readonly string[], answers: Answers): boolean => {
  const [status = 0, ...others] = new Set([...answers.values()].map((answer) => answer.status))
  const isRefusal = status >= 400 && status < 500 && ![401, 404, 410, 429].includes(status)
  return isRefusal && others.length === 0 && !links.every((link) => link.includes('$deltatoken=latest'))
}

/** Whether the links may succeed on their own. They would not during an outage or a pause. */
const isFaultOfBatch = (error: unknown): error is ImportFailure =>
  error instanceof StubbornFault ||
  (isImportFailure(error) &&
    !isAboutConnection(error) &&
    !['throttled', 'service-unavailable'].includes(error.code))

/** Whether a body can be the answer to any of our requests. If not, the link may still succeed on its own. */
const isPageOrItem = (body: unknown): boolean => {
  if (!isObject(body)) return false
  const { value, id } = body as { readonly value?: unknown; readonly id?: unknown }
  return Array.isArray(value) || typeof id === 'string'
}

/** Does the work for all values, `lanes` at a time: more would only queue at the gate. */
const eachInTurn = async <T, R>(
  values: readonly T[],
  lanes: number,
  work: (value: T, index: number) => Promise<R>,
): Promise<R[]> => {
  const results: R[] = []
  const rest = values.entries()
  const lane = async () => {
    for (const [index, value] of rest) results[index] = await work(value, index)
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return results
}
