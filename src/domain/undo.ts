import type { Contact } from './contact.ts'
import { differenceOf } from './compare-lists.ts'

/**
 * Restores the list before the current one. The history keeps undos instead of earlier lists. A contact whose content did
 * not change keeps its newer version.
 */
export interface Undo {
  /** Ids that the earlier list did not have. */
  readonly added: readonly string[]
  /** The earlier versions of contacts that changed or were removed. */
  readonly replaced: readonly Contact[]
  /** Only the names of the replaced contacts were kept, because there were too many. */
  readonly isNamesOnly?: true
}

/** Maximum number of contacts kept in full for the history of one attempt: as many as a page of a listing has. */
export const WHOLE_IN_UNDO = 1_000

/** Null if nothing changes or there was no earlier list: then the counts are enough. */
export const undoOf = (
  before: ReadonlyMap<string, Contact>,
  after: ReadonlyMap<string, Contact>,
): Undo | null => {
  if (before.size === 0) return null
  const { added, updated, gone } = differenceOf(before, after)
  const replaced = [...updated.map((each) => each.before), ...gone]
  if (added.length === 0 && replaced.length === 0) return null
  const ids = added.map(({ id }) => id)
  return replaced.length <= WHOLE_IN_UNDO
    ? { added: ids, replaced }
    : { added: ids, replaced: replaced.map(nameOnly), isNamesOnly: true }
}

/** Keeps the version, which shows whether the contact has changed since. */
const nameOnly = ({ key, id, source, version, name, organization }: Contact): Contact => ({
  key,
  id,
  source,
  ...(version !== undefined && { version }),
  name,
  ...(organization && { organization }),
  phones: [],
  emails: [],
  addresses: [],
  ims: [],
  categories: [],
})
