import * as v from 'valibot'
import type { Json } from '../../../domain/reports.ts'
import { isWithin } from '../../http/service-url.ts'
import { contactFields } from '../contact/contact-fields.ts'
import { extendedIds } from '../contact/extended-properties.ts'
import { folderForm } from './folders.ts'

/** Increase this when `mapContact` maps the same contact differently. */
const MAPPING = 2

/** Deltas build on a list of the same shape: a list that was requested or mapped differently has to be read again. */
export const requestShape = (isExtended: boolean): string =>
  [MAPPING, contactFields.join(), ...(isExtended ? [extendedIds.join()] : [])].join(' ')

const folderCursorForm = v.object({ ...folderForm.entries, delta: v.string() })

/** A folder whose changes can be requested. */
export type TrackedFolder = v.InferOutput<typeof folderCursorForm>

const cursorForm = v.object({
  version: v.literal(1),
  shape: v.string(),
  folders: v.pipe(v.array(folderCursorForm), v.readonly()),
})

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
  shape: string,
): Promise<Json> => {
  const tracked = folders.flatMap(({ id, name, parent, delta }) =>
    delta === null ? [] : [{ id, name, parent, delta }],
  )
  const isComplete = tracked.length === folders.length
  return { version: 1, shape: await hashed(shape), folders: isComplete ? tracked : [] }
}

/** The folders that a cursor tracks; null if it tracks none, has another shape, or leads to another service. */
export const readDeltaCursor = async (
  cursor: Json,
  service: URL,
  shape: string,
): Promise<readonly TrackedFolder[] | null> => {
  const { success, output } = v.safeParse(cursorForm, cursor)
  if (!success || output.folders.length === 0 || output.shape !== (await hashed(shape))) return null
  return output.folders.every(({ delta }) => isWithin(service, delta)) ? output.folders : null
}
