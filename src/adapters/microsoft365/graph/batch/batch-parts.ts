import * as v from 'valibot'
import { retryAfter } from '../../../http/retry/retry-after.ts'
import type { RetryOptions } from '../../../http/retry/retry.ts'

/** Maximum number of requests in a batch (Graph: "JSON batching"). */
export const LARGEST_BATCH = 20

const answerForm = v.object({
  id: v.string(),
  status: v.pipe(v.number(), v.integer()),
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  body: v.optional(v.unknown()),
})

const batchForm = v.object({ responses: v.pipe(v.array(v.unknown()), v.maxLength(LARGEST_BATCH)) })

/** The answer to one request of a batch. */
export type Answer = v.InferOutput<typeof answerForm>

/** The answers in the body of a batch, by the ids of their requests. Those of the wrong form are left out. */
export const readAnswers = (body: unknown): ReadonlyMap<string, Answer> => {
  const { success, output } = v.safeParse(batchForm, body)
  const answers = success ? output.responses : []
  const read = answers.map((answer) => v.safeParse(answerForm, answer))
  return new Map(read.flatMap(({ success, output }) => (success ? [[output.id, output] as const] : [])))
}

/** Refused for want of a token, of time or of an earlier part: not for good. */
const notFinal = [401, 408, 424, 429]

/** Whether Graph itself refuses the request. Only a request on its own proves any other error. */
export const isFinal = ({ status, body }: Answer): boolean =>
  status >= 400 &&
  status < 500 &&
  !notFinal.includes(status) &&
  isObject((body as { error?: unknown } | null | undefined)?.error)

/** The answer as a response without a body. */
export const responseOf = (answer: Answer): Response =>
  new Response(null, { status: answer.status, headers: headersOf(answer) })

const headersOf = ({ headers }: Answer): Headers => {
  const texts = Object.entries(headers).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return new Headers(texts.filter(([name, value]) => /^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value)))
}

export const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Milliseconds that a part has to wait; 0 if it is not throttled. */
export const waitOf = (answer: Answer, { limits, timers }: RetryOptions): number =>
  answer.status === 429 ? (retryAfter(headersOf(answer), timers.now()) ?? limits.firstBackoff) : 0

/** Pauses all requests for so many milliseconds, like the 429 of a single request. */
export const pauseAll = async (
  wait: number,
  { gate, limits, timers, onWaiting, signal }: RetryOptions & { readonly signal: AbortSignal },
): Promise<void> => {
  const until = timers.now() + wait + timers.random() * (limits.firstBackoff / 2)
  gate.pause(until)
  onWaiting({ until: new Date(until), reason: 'throttled' })
  try {
    await timers.wait(until - timers.now(), signal)
  } finally {
    onWaiting(null)
  }
}
