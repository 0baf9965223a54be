import type { Contact } from '../../domain/contact.ts'

/**
 * Which two contacts to tell apart, so that one is no longer shown with the first one of a person. Decisions are about contacts of
 * two sources: what joins two of one source is a contact of another one, which stays with the first.
 *
 * @param other one of the contacts, not the first
 */
export const partedPair = (
  {
    contacts,
    decisions,
  }: {
    /** The one that counts first comes first. */
    readonly contacts: readonly Contact[]
    readonly decisions: readonly {
      readonly contacts: readonly [Contact, Contact]
      readonly isSame: boolean
    }[]
  },
  other: Contact,
): readonly [Contact, Contact] | null => {
  const [first] = contacts
  if (!first || first.key === other.key) return null
  if (first.source !== other.source) return [first, other]
  const between = contacts.filter(({ source }) => source !== other.source)
  const isWithFirst = ({ key }: Contact) =>
    decisions.some(
      ({ contacts: pair, isSame }) =>
        isSame && pair.every((each) => each.key === key || each.key === first.key),
    )
  const kept = between.find(isWithFirst) ?? between[0]
  return kept ? [kept, other] : null
}
