import type { IncomingMessage } from 'node:http'

const BODY_LIMIT = 64 * 1024

/**
 * The answer of a sign-in page: the parameters of RFC 6749, section 4.1.2, in the query or as a posted form (OAuth
 * 2.0 Form Post Response Mode). Resolves to an HTTP status for any other request.
 */
export const readRedirect = async (request: IncomingMessage): Promise<URLSearchParams | number> => {
  const target = request.url ?? ''
  if (!URL.canParse(target, 'http://localhost')) return 400
  const { pathname, searchParams } = new URL(target, 'http://localhost')
  if (pathname !== '/') return 404
  if (request.method === 'GET') return checked(searchParams)
  if (request.method !== 'POST') return 405
  const [type] = (request.headers['content-type'] ?? '').split(';')
  if (type?.trim().toLowerCase() !== 'application/x-www-form-urlencoded') return 415
  const body = await bodyOf(request)
  return body === null ? 413 : checked(new URLSearchParams(body))
}

/** A parameter must not occur twice (RFC 6749, 3.1), and there is either a code or an error. */
const checked = (answer: URLSearchParams): URLSearchParams | number =>
  new Set(answer.keys()).size === answer.size && answer.has('code') !== answer.has('error') ? answer : 400

const bodyOf = async (request: IncomingMessage): Promise<string | null> => {
  const chunks: Buffer[] = []
  let size = 0
  // Keep the connection open for the response that refuses the request.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
