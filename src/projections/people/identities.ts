import type { Contact, ContactKey } from '../../domain/contact.ts'
import type { EventOf, IdentityHalf } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import type { ContactLists } from '../contact-lists.ts'

/** One half of what a person said, with the contact of its own source. */
export interface IdentityStatement extends IdentityHalf {
  readonly contact: ContactKey
  readonly position: number
}

/** Whether two contacts are one person, as the person said it. */
export interface Identity {
  /** In the order of their keys. */
  readonly contacts: readonly [ContactKey, ContactKey]
  readonly isSame: boolean
}

/** Adds a half. One that cannot be read is left out: it must not cost the person the list. */
export const withIdentity = (
  identities: readonly IdentityStatement[] = [],
  { data, payload, position }: EventOf<'identity.decided'>,
): { readonly identities: readonly IdentityStatement[] } => ({
  identities: payload ? [...identities, { ...data, contact: payload.contact, position }] : identities,
})

/** A pair of keys, in an order that does not depend on which comes first. */
export const pairOf = (one: ContactKey, other: ContactKey): readonly [ContactKey, ContactKey] =>
  one < other ? [one, other] : [other, one]

/**
 * What counts: of each pair the newest decision whose halves both stand, unless it takes back what was said; the newest first. A
 * sign-out removes one half of the decisions about its contacts.
 */
export const identitiesOf = (lists: ContactLists): readonly Identity[] => {
  const halves = Object.values(lists).flatMap(({ identities = [] }) => identities)
  const firsts = new Map<string, IdentityStatement>()
  const newest = new Map<string, Identity | null>()
  for (const half of halves.toSorted((a, b) => b.position - a.position)) {
    const first = firsts.get(half.decision)
    firsts.set(half.decision, half)
    const contacts = first && pairOf(first.contact, half.contact)
    if (!contacts || newest.has(contacts.join())) continue
    const { isSame } = half
    newest.set(contacts.join(), isSame === null ? null : { contacts, isSame })
  }
  return [...newest.values()].filter((identity) => identity !== null)
}

/** How many decisions are about the contacts of each source, of those about two of these contacts. A sign-out ends them. */
export const decisionCounts = (
  identities: readonly Identity[],
  contacts: readonly Contact[],
): Readonly<Partial<Record<Source, number>>> => {
  const counts: Partial<Record<Source, number>> = {}
  if (identities.length === 0) return counts
  const sourceOf = new Map(contacts.map(({ key, source }) => [key, source]))
  for (const { contacts: pair } of identities) {
    const sources = pair.flatMap((key) => sourceOf.get(key) ?? [])
    if (sources.length === pair.length)
      for (const source of sources) counts[source] = (counts[source] ?? 0) + 1
  }
  return counts
}
