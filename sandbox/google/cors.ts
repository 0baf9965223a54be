import type { IncomingHttpHeaders } from 'node:http'
import { preflightHeaders } from '../graph/cors.ts'
import type { Settings } from '../settings.ts'

/** As recorded: Retry-After is not among them. */
const EXPOSED = 'vary,vary,vary,content-encoding,date,server,content-length'

/** The headers that let a page of any origin read a response of the People API. */
export const peopleCorsHeaders = (
  { origin }: IncomingHttpHeaders,
  status: number,
  { current }: Settings,
): Readonly<Record<string, string>> =>
  origin === undefined || (status >= 400 && !current.errorCors)
    ? {}
    : { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED }

/** The response to a browser that asks whether a page may send a request to the People API. */
export const peoplePreflightHeaders = (
  headers: IncomingHttpHeaders,
  settings: Settings,
): Readonly<Record<string, string>> => ({
  ...preflightHeaders(headers, settings),
  'access-control-allow-origin': headers.origin ?? '*',
  'access-control-allow-methods': 'DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT',
  vary: 'origin,referer,x-origin',
})
