import type { Middleware } from '@microsoft/microsoft-graph-client'
import { withTimeout } from '../../async/with-timeout.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { ImportFailure } from '../../domain/failures.ts'
import { errorDetails } from './error-details.ts'
import { arrived, requestSignal } from './request-context.ts'
import { isWithin } from './service-url.ts'
import { TransientError } from './transient-error.ts'

export interface TransportOptions {
  /** Requests to any other origin are refused. */
  readonly service: URL
  readonly fetch: typeof fetch
  /** Milliseconds from the start of a request to the last byte of its response. */
  readonly timeLimit: number
}

/**
 * Sends one request and reads its whole response. `json()` of the response resolves to the parsed body, or to
 * undefined for an error without a JSON body. The address is sent as given, byte for byte.
 *
 * Throws a `TransientError` if a retry may help (no connection, no response in time, a body cut short), an
 * `ImportFailure` `bad-answer` for an address outside the service, a redirect, or a response that was never JSON, and
 * the signal's reason.
 */
export const transport = ({ service, fetch, timeLimit }: TransportOptions): Middleware => ({
  execute: async (context) => {
    const signal = requestSignal(context)
    const address = typeof context.request === 'string' ? context.request : context.request.url
    if (!isWithin(service, address)) throw new ImportFailure('bad-answer')
    // Never follow a redirect: the token would be sent along.
    const options = { ...context.options, redirect: 'manual' } as RequestInit
    const { response, text } = await exchange(fetch, address, options, timeLimit, signal)
    if (response.ok) {
      arrived(context)
      // Let queued requests go out before this response is parsed, which takes longer.
      await yieldToEventLoop()
    }
    const body = parse(response, text)
    context.response = Object.assign(response, { json: async () => body })
  },
})

const exchange = async (
  send: typeof fetch,
  address: string,
  options: RequestInit,
  timeLimit: number,
  signal: AbortSignal,
) => {
  try {
    return await withTimeout(timeLimit, signal, async (limit) => {
      try {
        const response = await send(address, { ...options, signal: limit })
        return { response, text: await response.text() }
      } catch (error) {
        throw connectionError(error)
      }
    })
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof TransientError
      ? error
      : new TransientError('service-unavailable', 'service-unavailable')
  }
}

const parse = (response: Response, text: string): unknown => {
  if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400))
    throw new ImportFailure('bad-answer', { status: response.status })
  try {
    return JSON.parse(text) as unknown
  } catch {
    // The parser's message quotes the body, so it is dropped.
    if (!response.ok) return undefined
    const details = errorDetails(response, undefined)
    if (/^\s*[^\s[{]/.test(text)) throw new ImportFailure('bad-answer', details)
    throw new TransientError('bad-answer', 'service-unavailable', { details, brokenBody: true })
  }
}

/** Node's codes for a connection that broke after it was made: the service's fault rather than the network's. */
const broken = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_BODY_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
])

const connectionError = (error: unknown): TransientError => {
  const { code } = ((error as Error).cause ?? {}) as { code?: string }
  const answered = code !== undefined && broken.has(code)
  const failure = answered ? 'service-unavailable' : 'offline'
  return new TransientError(failure, failure, { cause: error })
}
