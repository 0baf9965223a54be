import { contactsClient } from '../../../index.ts'
import type { ContactKey, LocalContactsClient, Person } from '../../../index.ts'
import { countryOf } from '../arguments/country-of.ts'
import type { CommandContext, ExitCode } from '../command.ts'
import { openListed } from './listed-contacts.ts'
import type { ListedContacts } from './listed-contacts.ts'

/** My Contacts with each person once; with `--source`, those who have a contact there. */
export interface ListedPeople extends ListedContacts {
  /** Begins when it is first asked for. */
  readonly client: () => LocalContactsClient
  /** In the order of the list. */
  readonly people: readonly Person[]
  /** The person who has a contact with this key. */
  readonly personWith: (key: ContactKey) => Person | undefined
}

/** The same as `openListed`, with each person once, as long as `use` runs. Also throws `UsageError` for an unknown country. */
export const withPeople = async (
  context: CommandContext,
  use: (listed: ListedPeople) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> => {
  // Who is one person may depend on the country of a number, so every command asks with the same one.
  const country = await countryOf(context.options.country)
  const listed = await openListed(context)
  const begun: LocalContactsClient[] = []
  const client = () => {
    const known = begun[0] ?? contactsClient(listed.opened.book, { phone: { country } })
    begun[0] = known
    return known
  }
  try {
    const people = await peopleOf(listed, client)
    const byKey = new Map(
      people.flatMap((person) => person.contacts.map(({ key }) => [key, person] as const)),
    )
    return await use({ ...listed, client, people, personWith: (key) => byKey.get(key) })
  } finally {
    for (const each of begun) each.close()
  }
}

const peopleOf = async (
  { contacts, opened }: ListedContacts,
  client: ListedPeople['client'],
): Promise<readonly Person[]> => {
  // Contacts of one source are never joined, and most devices have one: a client would take longer than the list itself.
  if (new Set(opened.book.contacts.get().map(({ source }) => source)).size < 2)
    return contacts.map((contact) => ({ contact, contacts: [contact] }))
  // A client also has what a first import elsewhere has brought so far, which is not listed yet.
  const keys = new Set(contacts.map(({ key }) => key))
  const everyone = await client().everyone()
  return everyone.filter((person) => person.contacts.some(({ key }) => keys.has(key)))
}
