import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Answer } from './answer.ts'
import { readPreferences } from './graph-request.ts'

/** The headers of a Graph response as recorded, without those for pages. */
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
    ...(applied === '' ? {} : { 'preference-applied': applied }),
    ...headers,
  }
}
