import { displayName } from '../../../../index.ts'
import type { Contact } from '../../../../index.ts'
import { storeOptions } from '../../arguments/options.ts'
import { commandLine } from '../../arguments/steps.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { openListed, sayWhoseTheyAre } from '../../listed-contacts.ts'
import type { ListedContacts } from '../../listed-contacts.ts'
import { contactDetails } from '../../output/contact/contact-details.ts'
import { contactLine, contactRecord } from '../../output/contact/contact-line.ts'
import { SHORTEST_BEGINNING } from '../../output/contact/key-beginnings.ts'
import { printDetails } from '../../output/contact/print-details.ts'
import { failureRecord } from '../../output/failure-record.ts'

/** So many contacts with the same beginning are named. */
const NAMED = 10

export const showCommand: Command = {
  name: 'show',
  summary: 'print everything known about one contact',
  description: `Prints all fields of the contact with this key, in groups, spelled as the source wrote them. "list"
prints the keys; the beginning of one is enough if no other key begins like it, from ${SHORTEST_BEGINNING} characters on. A
key stays the same as long as the contact is on this device. With --json one object, as "list" prints it.`,
  options: storeOptions,
  argument: {
    value: 'KEY',
    what: 'the key of a contact',
    isRequired: true,
    isText: false,
  },
  run: async (context) => {
    const [word = ''] = context.words
    const key = word.toLowerCase()
    const listed = await openListed(context)
    const exact = listed.contacts.filter((contact) => contact.key === key)
    if (exact.length === 0 && key.length < SHORTEST_BEGINNING)
      throw new UsageError(`"${key}" is too short: give at least ${SHORTEST_BEGINNING} characters of a key.`)
    const found = exact.length > 0 ? exact : listed.contacts.filter((contact) => contact.key.startsWith(key))
    const [contact, another] = found
    if (!contact || another) return notOne(context, listed, key, found)
    sayWhoseTheyAre(context, listed)
    print(context, listed, contact)
    return 0
  },
}

const print = (
  { output, messages }: CommandContext,
  { folderName }: ListedContacts,
  contact: Contact,
): void => {
  const name = folderName(contact)
  if (output.json) {
    output.record({ ...contactRecord(contact), ...(name !== undefined && { folderName: name }) })
    return
  }
  output.result(output.untrusted(displayName(contact)) || '(no name)', 'strong')
  printDetails(output, contactDetails(contact, name, messages))
}

const notOne = (
  { output, program, store }: CommandContext,
  { opened }: ListedContacts,
  key: string,
  found: readonly Contact[],
): ExitCode => {
  const list = commandLine(program, 'list', opened.again.store)
  const [code, message, next] =
    found.length === 0
      ? ([
          'unknown-key',
          'No contact on this device has this key.',
          `To see the keys, use "${list}".`,
        ] as const)
      : ([
          'ambiguous-key',
          `The keys of ${found.length} contacts begin with "${key}".`,
          'Give more characters of the key.',
        ] as const)
  if (output.json) output.record(failureRecord({ code, store, message, next }))
  output.note(message, 'bad')
  for (const contact of found.slice(0, NAMED))
    output.note(`  ${contact.key} ${contactLine(contact, (text) => output.untrustedNote(text))}`)
  output.note(next)
  return 1
}
