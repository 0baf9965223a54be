import * as v from 'valibot'
import { isImportFailure } from '../../../domain/failures.ts'
import { errorDetails } from '../../http/error-details.ts'
import { retryAfter } from '../../http/retry-after.ts'
import type { RetryOptions } from '../../http/retry.ts'
import { throttled } from '../../http/transient-error.ts'
import { graphFailure } from './errors.ts'

/** Maximum number of requests in a batch (Graph: "JSON batching"). */
const LARGEST_BATCH = 20

export interface BatchOptions extends RetryOptions {
  readonly service: URL
  readonly signal: AbortSignal
  readonly follow: (link: string) => Promise<unknown>
  /** Sends a batch; `weight` as in `RequestGate.enter`. */
  readonly postBatch: (body: unknown, weight: number) => Promise<unknown>
  readonly headersFor: (link: string) => Readonly<Record<string, string>>
}

const answerForm = v.object({
  id: v.string(),
  status: v.pipe(v.number(), v.integer()),
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  body: v.optional(v.unknown()),
})

const batchForm = v.object({ responses: v.pipe(v.array(v.unknown()), v.maxLength(LARGEST_BATCH)) })

type Answer = v.InferOutput<typeof answerForm>

type Result = PromiseSettledResult<unknown>

/** Statuses of parts that are sent again on their own: transient ones (as in `retry`), and 401, to renew the token. */
const retriedStatuses = new Set([401, 429, 500, 502, 503, 504])

/**
 * Follows links in batches (Graph: "JSON batching"). A batch is only a shortcut: if it has no final response for a
 * link, the link is followed on its own, with all the retries of a request. The same happens to every link if the
 * server does not support batches. Returns a result for each link, in the order of the links.
 */
export const graphBatch = (options: BatchOptions) => {
  const { service, signal, follow, postBatch, headersFor, gate, limits, timers, onWaiting } = options
  const base = service.href.replace(/\/+$/, '')
  let isSupported = true

  const ask = async (links: readonly string[]): Promise<ReadonlyMap<string, Answer>> => {
    const requests = links.map((link, index) => ({
      id: `${index}`,
      method: 'GET',
      url: link.slice(base.length),
      headers: { ...headersFor(link), 'client-request-id': crypto.randomUUID() },
    }))
    try {
      return readAnswers(await postBatch({ requests }, Math.min(links.length, limits.served)))
    } catch (error) {
      if (!isUnsupported(error)) throw error
      isSupported = false
      return new Map()
    }
  }

  /** Milliseconds that a part has to wait; 0 if it is not throttled. */
  const waitOf = (answer: Answer): number =>
    answer.status === 429 ? (retryAfter(headersOf(answer), timers.now()) ?? limits.firstBackoff) : 0

  /** Pauses all requests, like the 429 of a single request. */
  const pause = async (wait: number) => {
    const until = timers.now() + wait + timers.random() * (limits.firstBackoff / 2)
    gate.pause(until)
    onWaiting({ until: new Date(until), reason: 'throttled' })
    try {
      await timers.wait(until - timers.now(), signal)
    } finally {
      onWaiting(null)
    }
  }

  const resultOf = async (link: string, answer: Answer | undefined, arrivedAt: number): Promise<Result> => {
    if (answer && answer.status === 200 && isObject(answer.body)) {
      return { status: 'fulfilled', value: answer.body }
    }
    if (answer && isFinal(answer)) {
      return { status: 'rejected', reason: graphFailure(responseOf(answer), answer.body) }
    }
    if (answer && waitOf(answer) > limits.retries) {
      const details = errorDetails(responseOf(answer), answer.body)
      return { status: 'rejected', reason: throttled(details, waitOf(answer), arrivedAt) }
    }
    const [result] = await Promise.allSettled([follow(link)])
    return result
  }

  const followChunk = async (links: readonly string[]): Promise<Result[]> => {
    const isSingle = !isSupported || links.length === 1 || !links.every((link) => link.startsWith(`${base}/`))
    const answers = isSingle ? null : await ask(links)
    const arrivedAt = timers.now()
    const waits = [...(answers?.values() ?? [])].map(waitOf).filter((wait) => wait <= limits.retries)
    const longest = Math.max(0, ...waits)
    if (longest > 0) await pause(longest)
    return eachInTurn(links, limits.inFlight, (link, index) =>
      resultOf(link, answers?.get(`${index}`), arrivedAt),
    )
  }

  return async (links: readonly string[]): Promise<readonly Result[]> => {
    const results: Result[] = []
    for (let start = 0; start < links.length; start += LARGEST_BATCH) {
      signal.throwIfAborted()
      results.push(...(await followChunk(links.slice(start, start + LARGEST_BATCH))))
    }
    signal.throwIfAborted()
    return results
  }
}

const readAnswers = (body: unknown): ReadonlyMap<string, Answer> => {
  const { success, output } = v.safeParse(batchForm, body)
  const answers = success ? output.responses : []
  const read = answers.map((answer) => v.safeParse(answerForm, answer))
  return new Map(read.flatMap(({ success, output }) => (success ? [[output.id, output] as const] : [])))
}

/** Whether a retry would get the same response. A number that is not an HTTP status is not final. */
const isFinal = ({ status }: Answer): boolean =>
  status !== 200 && status >= 200 && status < 600 && !retriedStatuses.has(status)

const responseOf = (answer: Answer): Response =>
  new Response(null, { status: answer.status, headers: headersOf(answer) })

const headersOf = ({ headers }: Answer): Headers => {
  const texts = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return new Headers(texts.filter(([name, value]) => /^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value)))
}

/** Whether the server refuses all batches. */
const isUnsupported = (error: unknown): boolean =>
  isImportFailure(error) &&
  (error.code === 'bad-answer' || error.code === 'no-mailbox' || error.details.status === 501) &&
  [400, 404, 405, 415, 501].includes(error.details.status ?? 0)

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
