import type { ContactKey, ContactsClient, PersonDetails } from '../../../index.ts'

/**
 * The person who has a contact with this key, with the name that the list shows. If that contact has left the list, such as
 * after a sign-out, the person who has another one of those that were shown. Null: none is left.
 *
 * @param before as the card has shown the person so far
 */
export const personNow = async (
  client: ContactsClient,
  key: ContactKey,
  before: PersonDetails | null,
): Promise<(PersonDetails & { readonly name: string }) | null> => {
  const others = before?.contacts.map((contact) => contact.key) ?? []
  for (const each of new Set([key, ...others])) {
    const [person, { places }] = await Promise.all([client.person(each), client.locate([each])])
    const [place] = places
    if (person && place) return { ...person, name: place.row.name }
  }
  return null
}
