import { displayName, partedPair } from '../../../../index.ts'
import type { Person, PersonDetails } from '../../../../index.ts'
import { peopleOptions } from '../../arguments/options.ts'
import { commandLine } from '../../arguments/steps.ts'
import type { Command, CommandContext } from '../../command.ts'
import { contactsWithKey, keyBeginnings, sayNotOne } from '../../contacts/contact-with-key.ts'
import { sayWhoseTheyAre } from '../../contacts/listed-contacts.ts'
import { withPeople } from '../../contacts/listed-people.ts'
import type { ListedPeople } from '../../contacts/listed-people.ts'
import { personDetails } from '../../output/contact/person-details.ts'
import type { DetailGroup } from '../../output/contact/contact-details.ts'
import { SHORTEST_BEGINNING } from '../../output/contact/key-beginnings.ts'
import { personRecord } from '../../output/contact/person-sources.ts'
import { printDetails } from '../../output/contact/print-details.ts'

export const showCommand: Command = {
  name: 'show',
  summary: 'print everything known about one contact',
  description: `Prints all fields of the contact with this key, in groups, spelled as the source wrote them. "list"
prints the keys; the beginning of one is enough if no other key begins like it, from ${SHORTEST_BEGINNING} characters on. A
key stays the same as long as the contact is on this device. With --json one object, as "list" prints it.

A person who has contacts in several sources is printed under the key of any of them, with the values of
all, and which contacts these are. A value that only one source has is followed by its name. Where the
contacts say different things, the first one counts.`,
  options: peopleOptions,
  argument: {
    value: 'KEY',
    what: 'the key of a contact',
    isRequired: true,
    isText: false,
  },
  run: (context) =>
    withPeople(context, async (listed) => {
      const [word = ''] = context.words
      const found = contactsWithKey(listed, word)
      const [person, another] = new Set(found.map(({ key }) => listed.personWith(key)))
      if (!person || another) return sayNotOne(context, listed, word, found)
      sayWhoseTheyAre(context, listed)
      if (context.output.json) {
        context.output.record(personRecord(person, listed.folderName(person.contact)))
        return 0
      }
      const details = await detailsOf(listed, person)
      print(context, listed, details)
      sayHowToPart(context, listed, details)
      sayWhoIsApart(context, listed, details)
      return 0
    }),
}

const detailsOf = async ({ contacts, client }: ListedPeople, person: Person): Promise<PersonDetails> => {
  // Then there is no client yet, and nothing that it could add.
  const isAlone = new Set(contacts.map(({ source }) => source)).size < 2
  const details = isAlone ? null : await client().person(person.contact.key)
  return details ?? { ...person, decisions: [], numberSources: [] }
}

const print = (context: CommandContext, listed: ListedPeople, person: PersonDetails): void => {
  const { output, messages } = context
  const { contact, contacts } = person
  output.result(output.untrusted(displayName(contact)) || '(no name)', 'strong')
  const parts = contacts.length > 1 ? [partsOf(context, person)] : []
  printDetails(output, [...personDetails(person, listed.folderName(contact), messages), ...parts])
}

/** Which contacts make up a person. */
const partsOf = ({ messages }: CommandContext, { contact, contacts }: Person): DetailGroup => {
  const name = displayName(contact)
  return {
    title: 'One person in',
    fields: contacts.map((each) => {
      const own = displayName(each)
      return [messages.sources[each.source], own === name || own === '' ? each.key : `${each.key} as ${own}`]
    }),
  }
}

const sayHowToPart = (
  { output, program }: CommandContext,
  listed: ListedPeople,
  person: PersonDetails,
): void => {
  const beginning = keyBeginnings(listed)
  for (const other of person.contacts) {
    const pair = partedPair(person, other)
    if (pair === null) continue
    const keys = pair.map(({ key }) => beginning(key))
    const line = commandLine(program, 'not-same', [...keys, ...listed.opened.again.store])
    output.note(`If they are two persons, use "${line}".`)
  }
}

/** Whom the person told apart from this one, and how to take that back. */
const sayWhoIsApart = (
  { output, messages, program }: CommandContext,
  listed: ListedPeople,
  { decisions }: PersonDetails,
): void => {
  const beginning = keyBeginnings(listed)
  for (const { contacts, isSame } of decisions) {
    if (isSame) continue
    const [, other] = contacts
    const line = commandLine(program, 'not-same', [
      ...contacts.map(({ key }) => beginning(key)),
      '--undo',
      ...listed.opened.again.store,
    ])
    const name = `${output.untrustedNote(displayName(other)) || '(no name)'} (${messages.sources[other.source]})`
    output.note(`You said that this is not the same person as ${name}. To take that back, use "${line}".`)
  }
}
