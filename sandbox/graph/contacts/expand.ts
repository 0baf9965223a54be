import type { ExtendedProperty } from '../../mailbox/extended-properties.ts'
import { graphErrors } from '../graph-error.ts'

const FORM = /^singleValueExtendedProperties\(\$filter=(id eq '[^']+'(?: or id eq '[^']+')*)\)$/

/**
 * The ids of the extended properties that `$expand` requests, in order; null if it is absent. Graph has no other way to
 * read them, and no way to read all (Graph: "Get singleValueLegacyExtendedProperty"). Throws for any other form.
 */
export const readExpand = (query: URLSearchParams): readonly string[] | null => {
  const expand = query.get('$expand')
  if (expand === null) return null
  const [, filter] = FORM.exec(expand) ?? []
  if (filter === undefined) throw graphErrors.invalidExpand()
  return filter.split(' or ').map((term) => canonical(term.slice("id eq '".length, -1)))
}

/** The requested extended properties of a contact, with ids as Graph spells them. */
export const expanded = (
  properties: readonly ExtendedProperty[],
  ids: readonly string[],
): readonly ExtendedProperty[] =>
  properties.map(({ id, value }) => ({ id: canonical(id), value })).filter(({ id }) => ids.includes(id))

/** Graph answers `Integer 0xe08` to a request for `Integer 0x0E08`. */
const canonical = (id: string): string => {
  const [, type = id, tag] = /^(\w+) 0x0*([0-9a-f]+)$/i.exec(id) ?? []
  return tag === undefined ? id : `${type} 0x${tag.toLowerCase()}`
}
