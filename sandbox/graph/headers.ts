import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import { readPreferences } from './graph-request.ts'

const EXPOSED = 'Retry-After, WWW-Authenticate, Location, request-id, client-request-id, Preference-Applied'

/** The headers of a Graph response as recorded. As with Graph, pages of any origin may read it. */
export const answerHeaders = (request: IncomingMessage, { headers }: Answer): Record<string, string> => {
  const requestId = headers['request-id'] ?? randomUUID()
  const { prefer, 'client-request-id': clientRequestId } = request.headers
  const { immutableIds, maxPageSize } = readPreferences(prefer?.toString())
  const applied = [
    ...(immutableIds ? ['IdType=ImmutableId'] : []),
    ...(maxPageSize === null ? [] : [`odata.maxpagesize=${maxPageSize}`]),
  ].join(', ')
  return {
    'content-type':
      'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8',
    'cache-control': 'private',
    'request-id': requestId,
    'client-request-id': clientRequestId?.toString() ?? requestId,
    'x-ms-ags-diagnostic': '{"ServerInfo":{"DataCenter":"Sandbox","Slice":"E","Ring":"1"}}',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': EXPOSED,
    ...(applied === '' ? {} : { 'preference-applied': applied }),
    ...headers,
  }
}

export const corsHeaders = (request: IncomingMessage): Record<string, string> => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '*',
  'access-control-max-age': '600',
})
