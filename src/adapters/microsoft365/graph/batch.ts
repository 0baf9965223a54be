import * as v from 'valibot'
import { type ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import { isAboutConnection } from '../../http/connection/connection-failure.ts'
import { errorDetails } from '../../http/error-details.ts'
import { retryAfter } from '../../http/retry-after.ts'
import { isTransientStatus, type RetryOptions } from '../../http/retry.ts'
import { StubbornFault } from '../../http/stubborn-fault.ts'
import { throttled } from '../../http/transient-error.ts'
import { isSwapped } from './swapped-answers.ts'
import { graphFailure } from './errors.ts'

/** Maximum number of requests in a batch (Graph: "JSON batching"). */
const LARGEST_BATCH = 20

export interface BatchOptions extends RetryOptions {
  readonly service: URL
  readonly signal: AbortSignal
  readonly follow: (link: string, options?: FollowOptions) => Promise<unknown>
  /** Sends a batch; `weight` as in `RequestGate.enter`. */
  readonly postBatch: (body: unknown, weight: number) => Promise<unknown>
  readonly headersFor: (link: string) => Readonly<Record<string, string>>
  /** Called if the service has answered a part. */
  readonly onAnswered?: () => void
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

const answerForm = v.object({
  id: v.string(),
  status: v.pipe(v.number(), v.integer()),
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  body: v.optional(v.unknown()),
})

const batchForm = v.object({ responses: v.pipe(v.array(v.unknown()), v.maxLength(LARGEST_BATCH)) })

type Answer = v.InferOutput<typeof answerForm>

type Result = PromiseSettledResult<unknown>

/** Statuses of a service without batches. A batch that fails in any other way is tried once more. */
const UNSUPPORTED = [400, 404, 405, 415, 501]
const MOST_FAILURES = 2

/**
 * Follows links in batches (Graph: "JSON batching"). A batch is only a shortcut: however it fails, a link without a
 * final response is followed on its own, with all the retries of a request. Returns a result for each link, in the
 * order of the links.
 */
export const graphBatch = (options: BatchOptions) => {
  const { service, signal, follow, postBatch, headersFor, onAnswered, gate, limits, timers, onWaiting } =
    options
  const base = service.href.replace(/\/+$/, '')
  let failures = 0

  const ask = async (links: readonly string[]): Promise<ReadonlyMap<string, Answer>> => {
    const requests = links.map((link, index) => ({
      id: `${index}`,
      method: 'GET',
      url: link.slice(base.length),
      headers: { ...headersFor(link), 'client-request-id': crypto.randomUUID() },
    }))
    try {
      const answers = readAnswers(await postBatch({ requests }, Math.min(links.length, limits.served)))
      const isUseful = answers.size > 0 && !isSwapped(links, answers) && !isRefusedWhole(links, answers)
      if (!isUseful) failures++
      return isUseful ? answers : new Map()
    } catch (error) {
      if (!isFaultOfBatch(error)) throw error
      failures += UNSUPPORTED.includes(error.details.status ?? 0) ? MOST_FAILURES : 1
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

  const resultOf = async (
    link: string,
    answer: Answer | undefined,
    arrivedAt: number,
    hasDetour: boolean,
  ): Promise<Result> => {
    if (answer && answer.status === 200 && isPageOrItem(answer.body)) {
      return { status: 'fulfilled', value: answer.body }
    }
    if (answer && isFinal(answer)) {
      return { status: 'rejected', reason: graphFailure(responseOf(answer), answer.body, null) }
    }
    if (answer && waitOf(answer) > limits.retries) {
      const details = errorDetails(responseOf(answer), answer.body)
      return { status: 'rejected', reason: throttled(details, waitOf(answer), arrivedAt) }
    }
    const failedAt = answer && answer.status >= 500 && isTransientStatus(answer.status) ? arrivedAt : null
    const [result] = await Promise.allSettled([follow(link, { hasDetour, failedAt })])
    return result
  }

  const followChunk = async (links: readonly string[], hasDetour: boolean): Promise<Result[]> => {
    const isSingle =
      failures >= MOST_FAILURES || links.length === 1 || !links.every((link) => link.startsWith(`${base}/`))
    const answers = isSingle ? null : await ask(links)
    const arrivedAt = timers.now()
    const all = [...(answers?.values() ?? [])]
    if (all.some(({ status }) => status < 500 && !isTransientStatus(status))) onAnswered?.()
    const waits = all.map(waitOf).filter((wait) => wait <= limits.retries)
    const longest = Math.max(0, ...waits)
    if (longest > 0) await pause(longest)
    return eachInTurn(links, limits.inFlight, (link, index) =>
      resultOf(link, answers?.get(`${index}`), arrivedAt, hasDetour),
    )
  }

  return async (
    links: readonly string[],
    { hasDetour = false }: FollowOptions = {},
  ): Promise<readonly Result[]> => {
    const results: Result[] = []
    for (let start = 0; start < links.length; start += LARGEST_BATCH) {
      signal.throwIfAborted()
      results.push(...(await followChunk(links.slice(start, start + LARGEST_BATCH), hasDetour)))
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

/** Refusals that are not final: they concern the token, the time, an earlier part or throttling. */
const notFinal = [401, 408, 424, 429]

/**
 * Whether all parts are refused with the same status, so that the refusal may concern the batch itself. It is a real
 * answer if items are gone (404, 410), or if no folder can begin a delta from now on.
 */
const isRefusedWhole = (links: readonly string[], answers: ReadonlyMap<string, Answer>): boolean => {
  const [status = 0, ...others] = new Set([...answers.values()].map((answer) => answer.status))
  const isRefusal = status >= 400 && status < 500 && ![401, 404, 410, 429].includes(status)
  return isRefusal && others.length === 0 && !links.every((link) => link.includes('$deltatoken=latest'))
}

/** Whether Graph itself refuses the request. Any other error has to be confirmed by a request of its own. */
const isFinal = ({ status, body }: Answer): boolean =>
  status >= 400 &&
  status < 500 &&
  !notFinal.includes(status) &&
  isObject((body as { error?: unknown } | null | undefined)?.error)

const responseOf = (answer: Answer): Response =>
  new Response(null, { status: answer.status, headers: headersOf(answer) })

const headersOf = ({ headers }: Answer): Headers => {
  const texts = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return new Headers(texts.filter(([name, value]) => /^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value)))
}

/** Whether the links may succeed on their own. They would not during an outage or a pause. */
const isFaultOfBatch = (error: unknown): error is ImportFailure =>
  error instanceof StubbornFault ||
  (isImportFailure(error) &&
    !isAboutConnection(error) &&
    !['throttled', 'service-unavailable'].includes(error.code))

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

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
