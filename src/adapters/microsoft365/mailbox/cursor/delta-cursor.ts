import * as v from 'valibot'
import type { Json } from '../../../../domain/reports.ts'
import { isWithin } from '../../../http/service-url.ts'
import { contactFields } from '../../contact/contact-fields.ts'
import { extendedIds } from '../../contact/extended-properties.ts'
import { doubtsForm, type Doubts } from './doubts.ts'
import { folderForm } from '../folders.ts'

/** Increase this when `mapContact` maps the same contact differently. */
const MAPPING = 2

/** Deltas build on a list of the same shape: a list that was requested or mapped differently has to be read again. */
export const requestShape = (isExtended: boolean): string =>
  [MAPPING, contactFields.join(), ...(isExtended ? [extendedIds.join()] : [])].join(' ')

/** Contacts on a page. */
export const pageSizeForm = v.pipe(v.number(), v.integer(), v.minValue(1))

const folderCursorForm = v.object({ ...folderForm.entries, delta: v.string() })

/** A folder whose changes can be requested. */
export type TrackedFolder = v.InferOutput<typeof folderCursorForm>

const cursorForm = v.object({
  version: v.literal(1),
  shape: v.string(),
  folders: v.pipe(v.array(folderCursorForm), v.readonly()),
  /** What the attempt could not find out; absent if nothing. */
  doubts: v.exactOptional(doubtsForm),
  /**
   * Contacts on the largest page that works; absent if all do. Not part of the shape, because it changes no contact.
   */
  pageSize: v.exactOptional(pageSizeForm),
})

export type DeltaCursor = Pick<v.InferOutput<typeof cursorForm>, 'folders' | 'doubts' | 'pageSize'>

const hashed = async (text: string): Promise<string> => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
  return [...digest.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Lets a later refresh ask for changes only. If a folder has no delta link, the cursor tracks no folder: the refresh
 * then walks through all of them, which yields the links.
 */
export const deltaCursor = async (
  folders: readonly (Omit<TrackedFolder, 'delta'> & { readonly delta: string | null })[],
  { shape, doubts, pageSize }: { shape: string; doubts?: Doubts; pageSize?: number | undefined },
): Promise<Json> => {
  const tracked = folders.flatMap(({ id, name, parent, delta }) =>
    delta === null ? [] : [{ id, name, parent, delta }],
  )
  const isComplete = tracked.length === folders.length
  const recorded = doubts?.recorded()
  return {
    version: 1,
    shape: await hashed(shape),
    folders: isComplete ? tracked : [],
    ...(recorded && { doubts: recorded }),
    ...(pageSize !== undefined && { pageSize }),
  }
}

/** A cursor; null if it tracks no folder, has another shape, or leads to another service. */
export const readDeltaCursor = async (
  cursor: Json,
  service: URL,
  shape: string,
): Promise<DeltaCursor | null> => {
  const { success, output } = v.safeParse(cursorForm, cursor)
  if (!success || output.folders.length === 0 || output.shape !== (await hashed(shape))) return null
  return output.folders.every(({ delta }) => isWithin(service, delta)) ? output : null
}

/** The page size in any cursor, even one whose changes cannot be requested; undefined if it has none. */
export const pageSizeIn = (cursor: Json): number | undefined => {
  const { success, output } = v.safeParse(v.object({ pageSize: pageSizeForm }), cursor)
  return success ? output.pageSize : undefined
}
