import type { IncomingHttpHeaders } from 'node:http'
import type { Settings } from '../settings.ts'

/** As recorded, but for Retry-After, which older answers do not list. */
const EXPOSED =
  'ETag, Location, Preference-Applied, Content-Range, request-id, client-request-id, ReadWriteConsistencyToken, SdkVersion, WWW-Authenticate, x-ms-client-gcc-tenant'

/** The headers that let a page of any origin read a response of Graph. */
export const corsHeaders = (status: number, { current }: Settings): Readonly<Record<string, string>> =>
  status >= 400 && !current.errorCors
    ? {}
    : {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': current.exposeRetryAfter ? `${EXPOSED}, Retry-After` : EXPOSED,
      }

/** The response to a browser that asks whether a page may send a request (Fetch standard, CORS-preflight). */
export const preflightHeaders = (
  { 'access-control-request-headers': asked }: IncomingHttpHeaders,
  { current: { preflightMaxAge } }: Settings,
): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': asked ?? '*',
  ...(preflightMaxAge === null ? {} : { 'access-control-max-age': String(preflightMaxAge) }),
})
