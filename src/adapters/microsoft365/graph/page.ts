import * as v from 'valibot'
import { ImportFailure } from '../../../domain/failures.ts'

/** One page of a Graph collection. */
export interface GraphPage {
  readonly items: readonly unknown[]
  /** The link to the next page; null on the last. */
  readonly next: string | null
  /** On the last page of a delta query: the link to what changes from now on. */
  readonly delta: string | null
}

const link = v.optional(v.nullable(v.string()))

const pageForm = v.object({
  value: v.array(v.unknown()),
  '@odata.nextLink': link,
  '@odata.deltaLink': link,
})

/** Reads an answer as a page. Only a missing link ends a listing; a page may be short or empty. Throws `bad-answer`. */
export const readPage = (body: unknown): GraphPage => {
  const { success, output } = v.safeParse(pageForm, body)
  if (!success) throw new ImportFailure('bad-answer')
  const named = (value: string | null | undefined) => (value === undefined || value === '' ? null : value)
  return {
    items: output.value,
    next: named(output['@odata.nextLink']),
    delta: named(output['@odata.deltaLink']),
  }
}
