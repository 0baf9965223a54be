import type { ContactKey } from '../../domain/contact.ts'
import type { EventOf, IdentityHalf } from '../../domain/events.ts'
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
 * What counts: of each pair the newest decision whose halves both stand, the newest first. A sign-out removes one half of the
 * decisions about its contacts.
 */
export const identitiesOf = (lists: ContactLists): readonly Identity[] => {
  const halves = Object.values(lists).flatMap(({ identities = [] }) => identities)
  const first = new Map<string, IdentityStatement>()
  const decided: (Identity & { readonly position: number })[] = []
  for (const half of halves) {
    const other = first.get(half.decision)
    first.set(half.decision, half)
    if (other === undefined) continue
    const position = Math.max(half.position, other.position)
    decided.push({ contacts: pairOf(half.contact, other.contact), isSame: half.isSame, position })
  }
  const newest = new Map<string, Identity>()
  for (const { contacts, isSame } of decided.toSorted((a, b) => b.position - a.position)) {
    const pair = contacts.join(' ')
    if (!newest.has(pair)) newest.set(pair, { contacts, isSame })
  }
  return [...newest.values()]
}

/** What the person said of a pair; null if nothing. */
export const saidOf = (
  identities: readonly Identity[],
  one: ContactKey,
  other: ContactKey,
): boolean | null => {
  const [first, second] = pairOf(one, other)
  return identities.find(({ contacts: [a, b] }) => a === first && b === second)?.isSame ?? null
}

/** `identitiesOf`, which returns the same array as long as nothing else was said. */
export const identitiesFollowing = (): ((lists: ContactLists) => readonly Identity[]) => {
  let known: { readonly of: readonly unknown[]; readonly identities: readonly Identity[] } | null = null
  return (lists) => {
    const of = Object.values(lists).map(({ identities }) => identities)
    if (known?.of.length !== of.length || known.of.some((each, index) => each !== of[index]))
      known = { of, identities: identitiesOf(lists) }
    return known.identities
  }
}
