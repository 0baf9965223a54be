import { randomUUID } from 'node:crypto'
import { type Answer, pageAnswer } from './answer.ts'
import { graphErrors } from './graph-error.ts'
import type { GraphRequest } from './graph-request.ts'
import { linkTo, withOption } from './links.ts'

const DEFAULT_PAGE = 10
const LARGEST_PAGE = 1000

export interface Listing {
  readonly context: string
  /** The total number of items at this moment. */
  readonly total: number
  /** The JSON texts of the visible items from `start` to `end`. */
  readonly texts: (start: number, end: number) => readonly string[]
}

/**
 * One page of a list. `$top` (at most 1000) and `$skip` count all items; invisible ones are left out afterwards, so a
 * page may be short or empty and still not be the last (Graph: paging).
 */
export const listPage = (
  { baseUrl, segments, query, prefer, lies }: GraphRequest,
  listing: Listing,
): Answer => {
  const skip = readNumber(query, '$skip') ?? 0
  const wanted = readNumber(query, '$top') ?? prefer.maxPageSize ?? DEFAULT_PAGE
  const tooLarge = lies.find('large-page', ({ most }) => wanted > most)
  if (tooLarge !== undefined) throw graphErrors.timedOut(tooLarge.status)
  const size = Math.min(wanted, LARGEST_PAGE)
  const address = `${baseUrl}/${segments.map(encodeURIComponent).join('/')}`
  const end = skip + size
  return pageAnswer({
    context: listing.context,
    ...(query.get('$count') === 'true' && skip === 0 ? { count: listing.total } : {}),
    items: listing.texts(skip, end),
    ...(end < listing.total && size > 0
      ? { nextLink: linkTo(address, withOption(query, '$skip', String(end))) }
      : {}),
    again: linkTo(address, withOption(query, '$skiptoken', randomUUID())),
  })
}

const readNumber = (query: URLSearchParams, option: '$top' | '$skip'): number | null => {
  const value = query.get(option)
  if (value === null) return null
  if (!/^\d+$/.test(value)) throw graphErrors.invalidOption(option, value)
  return Number(value)
}
