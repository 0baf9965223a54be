import type { Middleware } from '@microsoft/microsoft-graph-client'
import { withTimeout } from '../../async/with-timeout.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import { ImportFailure, isImportFailure } from '../../domain/failures.ts'
import { connectionFailure, failureOfNetwork } from './connection/connection-failure.ts'
import { errorDetails } from './error-details.ts'
import type { HttpLimits } from './limits.ts'
import { LONG_FROM, readBody } from './read-body.ts'
import { arrived, requestSignal } from './request-context.ts'
import { isWithin } from './service-url.ts'
import { TransientError } from './retry/transient-error.ts'

export interface TransportOptions {
  /** Requests to any other origin are refused. */
  readonly service: URL
  readonly fetch: typeof fetch
  /** Only `request` and `body` are used here. */
  readonly limits: HttpLimits
}

/**
 * Sends one request and reads its whole response. `json()` of the response resolves to the parsed body, or to
 * undefined for an error without a JSON body. The address is sent as given, byte for byte.
 *
 * Throws a `TransientError` if a retry may help: no connection, no response in time, a body cut short. Throws an
 * `ImportFailure` `bad-answer` for an address outside the service, a redirect, or a response that is too large or
 * does not begin like JSON; an `ImportFailure` that names the network or the proxy if one of them refuses; and the
 * signal's reason.
 */
export const transport = ({ service, fetch, limits }: TransportOptions): Middleware => ({
  execute: async (context) => {
    const signal = requestSignal(context)
    const address = typeof context.request === 'string' ? context.request : context.request.url
    if (!isWithin(service, address)) throw new ImportFailure('bad-answer')
    // Never follow a redirect: the token would be sent along.
    const options = {
      ...context.options,
      redirect: 'manual',
      cache: cacheFor(context.options?.method),
    } as RequestInit
    const { response, text } = await exchange(fetch, address, options, limits, signal)
    const inBetween = failureOfNetwork(response)
    if (inBetween !== null) throw inBetween
    if (response.ok) {
      arrived(context)
      // Let queued requests go out before this response is parsed, which takes longer.
      await yieldToEventLoop()
    }
    const body = parse(response, text)
    // The caller works on a long body for about as long as it takes to parse it.
    if (text.length > LONG_FROM) await yieldToEventLoop()
    context.response = Object.assign(response, { json: async () => body })
  },
})

/**
 * Keeps contacts out of the cache of a browser, where they would be in the clear. Chromium stores no response to a POST of
 * a page, and RFC 9111 (9.3.3) asks for headers that a batch lacks. For `no-store`, it would forget the preflight too.
 */
const cacheFor = (method = 'GET'): RequestCache => (method === 'POST' ? 'default' : 'no-store')

const exchange = async (
  send: typeof fetch,
  address: string,
  options: RequestInit,
  limits: HttpLimits,
  signal: AbortSignal,
) => {
  try {
    return await withTimeout(limits.request, signal, async (limit) => {
      try {
        const response = await send(address, { ...options, signal: limit })
        return { response, text: await readBody(response, limits) }
      } catch (error) {
        throw isImportFailure(error) ? error : connectionFailure(error, address)
      }
    })
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof TransientError || isImportFailure(error)
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
