import type { Contact } from './contact.ts'
import { differenceOf } from './compare-lists.ts'

/** How to go back from a list to the one before it: all that the history needs of a list that is gone. */
export interface Undo {
  /** Ids that the list before did not have. */
  readonly added: readonly string[]
  /** What it had in the place of contacts that changed or went. */
  readonly replaced: readonly Contact[]
  /** Of what was replaced the names alone were kept: there was too much of it. */
  readonly isNamesOnly?: true
}

/** Contacts that are kept whole for the history of one attempt: as many as one page of a listing has. */
export const WHOLE_IN_UNDO = 1_000

/** Null where nothing changes, and where nothing was there before: the counts tell as much. */
export const undoOf = (before: ReadonlyMap<string, Contact>, after: readonly Contact[]): Undo | null => {
  if (before.size === 0) return null
  const next = new Map(after.map((contact) => [contact.id, contact]))
  const { added, updated, gone } = differenceOf(before, next)
  const replaced = [...updated.map((each) => each.before), ...gone]
  if (added.length === 0 && replaced.length === 0) return null
  const ids = added.map(({ id }) => id)
  return replaced.length <= WHOLE_IN_UNDO
    ? { added: ids, replaced }
    : { added: ids, replaced: replaced.map(nameOnly), isNamesOnly: true }
}

/** The list before. */
export const undone = (
  after: ReadonlyMap<string, Contact>,
  { added, replaced }: Undo,
): ReadonlyMap<string, Contact> => {
  const before = new Map(after)
  for (const id of added) before.delete(id)
  for (const contact of replaced) before.set(contact.id, contact)
  return before
}

/** The version stays: it tells that the contact has changed since. */
const nameOnly = ({ id, source, version, name, organization }: Contact): Contact => ({
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
