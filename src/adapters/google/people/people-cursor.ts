import * as v from 'valibot'
import type { Json } from '../../../domain/reports.ts'
import { type PagePlace, SHAPE } from './people-client.ts'

const token = v.pipe(v.string(), v.nonEmpty())

const form = v.object({
  version: v.literal(1),
  /** Tokens of another shape of request are of no use. */
  shape: v.literal(SHAPE),
  /** What an attempt reads. */
  of: v.picklist(['list', 'changes']),
  /** For changes since this list; while changes are read, the token that they are read with. Null if Google gave none. */
  syncToken: v.nullable(token),
  /** The page after the recorded ones. Absent once all are recorded. */
  pageToken: v.exactOptional(token),
  /** Resource names of contacts that have another id, because Google renamed them. */
  names: v.pipe(v.array(v.pipe(v.tuple([v.string(), v.string()]), v.readonly())), v.readonly()),
})

/** Where a list ended, or an attempt is. */
export type PeopleCursor = v.InferOutput<typeof form>

/** Null for a cursor of another version, or of other fields. */
export const readCursor = (cursor: Json | undefined): PeopleCursor | null => {
  const { success, output } = v.safeParse(form, cursor)
  return success ? output : null
}

export const cursorOf = (
  of: PeopleCursor['of'],
  names: ReadonlyMap<string, string>,
  { syncToken, pageToken }: PagePlace,
): PeopleCursor => ({
  ...{ version: 1, shape: SHAPE, of, syncToken },
  ...(pageToken !== null && { pageToken }),
  names: [...names],
})
