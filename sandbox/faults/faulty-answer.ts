import { randomUUID } from 'node:crypto'
import { type Answer, bodyOf, type ListPage, pageText } from '../graph/answer.ts'
import { googleErrorOf, recordedError } from '../google/google-error.ts'
import { GraphError, graphErrors } from '../graph/graph-error.ts'
import { badBatch } from './bad-batch.ts'
import { badPhoto } from './bad-photo.ts'
import type { Fault, FaultOf } from './fault.ts'

/** Faults that replace or alter the response. They can hit a part of a batch as well. */
export const answerFaults: ReadonlySet<Fault['kind']> = new Set<Fault['kind']>([
  'status',
  'error-inside',
  'captive-portal',
  'loop',
  'foreign-link',
  'empty-page',
  'repeat-items',
  'count',
  'malformed',
  'bad-photo',
  'delta-lost',
  'endless-new',
])

/** The faults that a preflight can have. */
export const preflightFaults: ReadonlySet<Fault['kind']> = new Set<Fault['kind']>([
  'status',
  'silent',
  'reset',
])

/** Whether the response comes from something in front of the service, which knows nothing of CORS. */
export const isOfGateway = (fault: Fault | null): boolean =>
  fault?.kind === 'captive-portal' || (fault?.kind === 'status' && fault.cors === false)

/** The response that replaces a good one; null if the fault only damages the good one. */
export const substitute = (fault: Fault): Answer | null => {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault)
    case 'google-error':
      return recordedError(fault.name)
    case 'captive-portal':
      return html(200, 'Welcome to Hotel Wi-Fi')
    case 'delta-lost':
      return graphErrors.syncStateNotFound().answer
    case 'token-expired':
      return graphErrors.tokenExpired().answer
    case 'claims-challenge':
      return graphErrors.claimsChallenge().answer
    default:
      return null
  }
}

/** Damages a good response. What the fault cannot damage stays unchanged. */
export const damage = (answer: Answer, fault: Fault, url: string): Answer => {
  if (fault.kind === 'truncate') {
    const body = bodyOf(answer)
    return { ...answer, content: body.slice(0, Math.floor(body.length / 2)) }
  }
  if (typeof answer.content === 'string')
    return fault.kind === 'bad-batch' ? { ...answer, content: badBatch(answer.content, fault) } : answer
  if (answer.content instanceof Uint8Array)
    return fault.kind === 'bad-photo' ? badPhoto(answer, fault) : answer
  if (fault.kind === 'error-inside') return { ...answer, content: brokenOff(answer.content) }
  return { ...answer, content: damagePage(answer.content, fault, url) }
}

const damagePage = (page: ListPage, fault: Fault, url: string): ListPage => {
  const { nextLink, count, ...rest } = page
  switch (fault.kind) {
    case 'loop':
      return { ...page, nextLink: url }
    case 'foreign-link':
      return { ...page, nextLink: `${fault.origin}${new URL(nextLink ?? page.again).pathname}?%24skip=10` }
    case 'empty-page': {
      const { deltaLink: _, ...open } = rest
      return { ...open, ...(count === undefined ? {} : { count }), items: [], nextLink: page.again }
    }
    case 'repeat-items':
      return { ...page, items: [...page.items, ...page.items.slice(0, fault.items)] }
    case 'count':
      return {
        ...rest,
        ...(fault.value === null ? {} : { count: fault.value }),
        ...(nextLink === undefined ? {} : { nextLink }),
      }
    case 'malformed':
      return {
        ...page,
        items: page.items.map((item, i) => (i === (fault.at ?? 0) ? malformed(item, fault.how) : item)),
      }
    case 'endless-new': {
      const { deltaLink: _, ...open } = page
      return { ...open, items: newItems(page.items[0], fault.items ?? 10), nextLink: page.again }
    }
    default:
      return page
  }
}

/** Items that exist nowhere, with the folder of a real one. */
const newItems = (like: string | undefined, count: number): readonly string[] => {
  const { parentFolderId } = JSON.parse(like ?? '{}') as Record<string, unknown>
  const series = randomUUID()
  return Array.from({ length: count }, (_, index) =>
    JSON.stringify({ id: `${series}-${index}`, displayName: `New ${index}`, parentFolderId }),
  )
}

const malformed = (item: string, how: FaultOf<'malformed'>['how']): string => {
  const contact = JSON.parse(item) as Record<string, unknown>
  switch (how) {
    case 'no-id':
      delete contact.id
      return JSON.stringify(contact)
    case 'not-an-object':
      return '"contact"'
    case 'wrong-type':
      return JSON.stringify({ ...contact, displayName: 42 })
    case 'error-in-place':
      return ERROR_IN_PLACE
    case 'surrogate-id':
      return JSON.stringify({ ...contact, id: 'A\ud800' })
    case 'dot-id':
      return JSON.stringify({ ...contact, id: '..' })
  }
}

const ERROR_IN_PLACE = JSON.stringify({
  error: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' },
})

/** As recorded: once streaming has begun, the service can only write an error in place of a contact. */
const brokenOff = (page: ListPage): string => {
  const items = page.items.slice(0, Math.floor(page.items.length / 2))
  return pageText({ ...page, items: [...items, ERROR_IN_PLACE] }).slice(0, -2)
}

const statusAnswer = ({ status, body, code, retryAfter, retryAfterDate }: FaultOf<'status'>): Answer => {
  const wait =
    retryAfterDate === undefined ? retryAfter : new Date(Date.now() + retryAfterDate * 1000).toUTCString()
  const answer =
    code === undefined
      ? answerWith(status, body ?? usualBody(status))
      : new GraphError(status, code, messages[code] ?? '').answer
  return {
    ...answer,
    headers: { ...answer.headers, ...(wait === undefined ? {} : { 'retry-after': String(wait) }) },
  }
}

/** The messages of Exchange for codes that it is known to send. */
const messages: Readonly<Record<string, string>> = {
  ErrorCorruptData: 'Data is corrupt.',
  ErrorFolderNotFound: 'The specified folder could not be found in the store.',
}

const usualBody = (status: number): NonNullable<FaultOf<'status'>['body']> =>
  status === 502 ? 'html' : status === 503 ? 'empty' : 'graph'

const answerWith = (status: number, body: NonNullable<FaultOf<'status'>['body']>): Answer => {
  switch (body) {
    case 'html':
      return html(status, 'Bad gateway')
    case 'empty':
      return { status, headers: {}, content: '' }
    case 'concurrency':
      return { ...graphErrors.concurrency(null).answer, status }
    case 'graph':
      return usualError(status).answer
    case 'google':
      return googleErrorOf(status)
  }
}

const usualError = (status: number): GraphError => {
  switch (status) {
    case 401:
      return graphErrors.tokenExpired()
    case 403:
      return graphErrors.accessDenied()
    case 404:
      return graphErrors.itemNotFound()
    case 410:
      return graphErrors.syncStateNotFound()
    case 429:
      return new GraphError(429, 'TooManyRequests', 'Please retry again later.')
    default:
      return new GraphError(status, 'UnknownError', '')
  }
}

const html = (status: number, title: string): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  content: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
})
