import * as v from 'valibot'
import type { Json } from '../../../../domain/reports.ts'
import { isWithin } from '../../../http/service-url.ts'
import { pageSizeForm } from './delta-cursor.ts'
import { doubtsForm, type Doubts } from './doubts.ts'
import { folderForm } from '../folders.ts'

const planForm = v.object({
  ...folderForm.entries,
  /** As `discoverFolders` found it. */
  count: v.nullable(v.number()),
  /** The link to the changes since the folder was discovered or its walk ended; null if unknown. */
  delta: v.nullable(v.string()),
  /** Whether it is read through its delta query, which ends with a delta link, rather than as a list. */
  walks: v.boolean(),
})

/** A folder and how it is read. */
export type FolderPlan = v.InferOutput<typeof planForm>

const positionForm = v.object({
  version: v.literal(2),
  /** All pages of one listing are requested and mapped in the same way. */
  shape: v.string(),
  folders: v.pipe(v.array(planForm), v.readonly()),
  index: v.pipe(v.number(), v.integer(), v.minValue(0)),
  next: v.nullable(v.string()),
  /** What could not be found out so far; absent if nothing. */
  doubts: v.exactOptional(doubtsForm),
  /** Contacts on the largest page that works; absent if all do. */
  pageSize: v.exactOptional(pageSizeForm),
})

/**
 * The position of a listing: in the folder at `index`, at the link `next`, or at the start of the folder if `next` is
 * null. An index past the last folder means that everything is listed and changes since then are being read.
 */
export type ResumeCursor = v.InferOutput<typeof positionForm>

export const startCursor = (
  folders: readonly FolderPlan[],
  shape: string,
  { doubts, pageSize }: { doubts?: Doubts; pageSize?: number | undefined } = {},
): ResumeCursor => {
  const recorded = doubts?.recorded()
  return {
    version: 2,
    shape,
    folders,
    index: 0,
    next: null,
    ...(recorded && { doubts: recorded }),
    ...(pageSize !== undefined && { pageSize }),
  }
}

/** The position in a recorded cursor; null if it has another version or shape, or leads to another service. */
export const readResumeCursor = (cursor: Json, service: URL, shape: string): ResumeCursor | null => {
  const { success, output } = v.safeParse(positionForm, cursor)
  if (!success || output.shape !== shape) return null
  const links = [output.next, ...output.folders.map(({ delta }) => delta)]
  return links.every((link) => link === null || isWithin(service, link)) ? output : null
}
