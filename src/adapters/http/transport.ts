import type { Context, Middleware } from '@microsoft/microsoft-graph-client'
import { ImportFailure } from '../../domain/failures.ts'
import { abortable } from '../../async/abortable.ts'
import { arrived } from './arrival.ts'
import { errorDetails } from './error-details.ts'
import { TransientError } from './transient-error.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { requestSignal } from './request-signal.ts'
import { isWithin } from './service-url.ts'

export interface TransportOptions {
  /** The only place that requests may go to. */
  readonly service: URL
  readonly fetch: typeof fetch
  /** Milliseconds from the start of a request to the last byte of its answer. */
  readonly timeLimit: number
}

/**
 * Sends one request and reads its whole answer. `json()` of the response gives what was read, undefined for
 * an error without a JSON body. The address goes out as it came, byte for byte.
 *
 * Throws a `Fault` for what may pass (no connection, no answer in time, a body cut short), an `ImportFailure`
 * `bad-answer` for a foreign address, a redirect, or an answer that was never JSON, and the signal's reason.
 */
export const transport = ({ service, fetch, timeLimit }: TransportOptions): Middleware => ({
  execute: async (context) => {
    const signal = requestSignal(context)
    const address = typeof context.request === 'string' ? context.request : context.request.url
    if (!isWithin(service, address)) throw new ImportFailure('bad-answer')
    signal.throwIfAborted()

    const ended = new AbortController()
    const abort = () => ended.abort(signal.reason)
    const timer = setTimeout(() => ended.abort(), timeLimit)
    signal.addEventListener('abort', abort, { once: true })
    try {
      // A redirect is never followed: a token would go along.
      const options = { ...context.options, redirect: 'manual', signal: ended.signal } as RequestInit
      const { response, text } = await abortable(exchange(fetch, address, options), ended.signal)
      if (response.ok) {
        arrived(context)
        // What waited for its place goes out before this answer is read, which takes longer.
        await yieldToEventLoop()
      }
      const body = read(response, text)
      context.response = Object.assign(response, { json: async () => body })
    } catch (error) {
      signal.throwIfAborted()
      if (ended.signal.aborted) throw new TransientError('service-unavailable', 'service-unavailable')
      throw error
    } finally {
      clearTimeout(timer)
      signal.removeEventListener('abort', abort)
    }
  },
})

const exchange = async (send: typeof fetch, address: string, options: Context['options'] & RequestInit) => {
  try {
    const response = await send(address, options)
    return { response, text: await response.text() }
  } catch (error) {
    throw connectionFault(error)
  }
}

const read = (response: Response, text: string): unknown => {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
    throw new ImportFailure('bad-answer', { status: response.status })
  try {
    return JSON.parse(text) as unknown
  } catch {
    // The parser's own message quotes the body, so it goes no further.
    if (!response.ok) return undefined
    const details = errorDetails(response, undefined)
    if (/^\s*[^\s[{]/.test(text)) throw new ImportFailure('bad-answer', details)
    throw new TransientError('bad-answer', 'service-unavailable', { details, brokenBody: true })
  }
}

/** Codes of Node for a connection that stood and then broke: the service's doing rather than the network's. */
const broken = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
])

const connectionFault = (error: unknown): TransientError => {
  const { code } = ((error as Error).cause ?? {}) as { code?: string }
  const answered = code !== undefined && broken.has(code)
  const failure = answered ? 'service-unavailable' : 'offline'
  return new TransientError(failure, failure, { cause: error })
}
