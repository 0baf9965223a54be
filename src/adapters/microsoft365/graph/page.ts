import * as v from 'valibot'
import { ImportFailure } from '../../../domain/failures.ts'
import { MOST_ITEMS } from '../../http/attempt-limit.ts'
import { UnusableAnswer } from './errors.ts'
import { readItem, type GraphItem } from './graph-item.ts'

/** The largest page that Outlook serves (Graph: "Paging"). */
export const LARGEST_PAGE = 1000

/** One page of a Graph collection. */
export interface GraphPage {
  readonly items: readonly GraphItem[]
  /** The link to the next page; null on the last. */
  readonly next: string | null
  /** On the last page of a delta query: the link to later changes. */
  readonly delta: string | null
}

/** Far more than a service accepts in an address. A link is recorded with each page. */
const LONGEST_LINK = 65_536

const link = v.optional(v.nullable(v.pipe(v.string(), v.maxLength(LONGEST_LINK))))

const pageForm = v.object({
  value: v.array(v.unknown()),
  '@odata.nextLink': link,
  '@odata.deltaLink': link,
})

const isList = (body: unknown): boolean => Array.isArray((body as { value?: unknown } | null)?.value)

/**
 * Reads a response as a page. Only a missing link ends a listing; a page may be short or empty. Throws `UnusableAnswer`
 * for any other response, and another `bad-answer` for a page that alone exceeds a limit of an attempt.
 */
export const readPage = (body: unknown): GraphPage => {
  const { success, output } = v.safeParse(pageForm, body)
  if (!isList(body)) throw new UnusableAnswer('bad-answer')
  if (!success || output.value.length > MOST_ITEMS) throw new ImportFailure('bad-answer')
  const named = (value: string | null | undefined) => (value === undefined || value === '' ? null : value)
  return {
    items: output.value.map(readItem),
    next: named(output['@odata.nextLink']),
    delta: named(output['@odata.deltaLink']),
  }
}

const countForm = v.object({
  value: v.fallback(v.array(v.unknown()), []),
  '@odata.count': v.optional(v.unknown()),
})

export interface CountedPage {
  readonly items: readonly GraphItem[]
  /** The reported size of the collection, a hint. Null if it is missing, negative or nonsense. */
  readonly count: number | null
}

/** Reads a response as a page with a count. Never throws: anything but a page has no items and no count. */
export const readCountedPage = (body: unknown): CountedPage => {
  const { success, output } = v.safeParse(countForm, body)
  if (!success || output.value.length > MOST_ITEMS) return { items: [], count: null }
  return { items: output.value.map(readItem), count: asCount(output['@odata.count']) }
}

// Some servers send Int64 as text, for compatibility with IEEE 754 (OData JSON Format 4.01, section 7.1).
const asCount = (value: unknown): number | null => {
  const count = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : null
}
