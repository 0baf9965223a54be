import * as v from 'valibot'
import type { Json } from '../../domain/reports.ts'

const positionForm = v.object({
  version: v.literal(1),
  folders: v.pipe(
    v.array(v.object({ id: v.nullable(v.string()), name: v.nullable(v.string()) })),
    v.readonly(),
  ),
  index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  next: v.nullable(v.string()),
})

/**
 * Where a listing stands: in the folder at `index`, at the link `next`, or at the folder's beginning where
 * that is null. An index past the last folder: at the end.
 */
export type ListingPosition = v.InferOutput<typeof positionForm>

/** The position that a recorded cursor names; null where it names none, or is of another version of us. */
export const readPosition = (cursor: Json): ListingPosition | null => {
  const { success, output } = v.safeParse(positionForm, cursor)
  return success ? output : null
}
