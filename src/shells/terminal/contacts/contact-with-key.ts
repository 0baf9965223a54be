import type { Contact } from '../../../index.ts'
import { commandLine } from '../arguments/steps.ts'
import { UsageError } from '../arguments/usage-error.ts'
import type { CommandContext, ExitCode } from '../command.ts'
import type { ListedContacts } from './listed-contacts.ts'
import { contactLine } from '../output/contact/contact-line.ts'
import { keyLength, SHORTEST_BEGINNING } from '../output/contact/key-beginnings.ts'
import { failureRecord } from '../output/failure-record.ts'

/** So many contacts with the same beginning are named. */
const NAMED = 10

/**
 * The contact with this key, or those whose keys begin like it, which should be one. Throws `UsageError` if that is too
 * short to be the beginning of a key.
 */
export const contactsWithKey = (
  { contacts }: Pick<ListedContacts, 'contacts'>,
  word: string,
): readonly Contact[] => {
  const key = word.toLowerCase()
  const exact = contacts.filter((contact) => contact.key === key)
  if (exact.length > 0) return exact
  if (key.length < SHORTEST_BEGINNING)
    throw new UsageError(`"${word}" is too short: give at least ${SHORTEST_BEGINNING} characters of a key.`)
  return contacts.filter((contact) => contact.key.startsWith(key))
}

/**
 * Says that no contact has this key, or that it is the beginning of several.
 *
 * @param refused the fields of a refusal of the command with --json. Default: the command has none of its own
 */
export const sayNotOne = (
  { output, program, store }: CommandContext,
  { opened }: ListedContacts,
  word: string,
  found: readonly Contact[],
  refused: object | null = null,
): ExitCode => {
  const key = output.untrustedNote(word.toLowerCase())
  const list = commandLine(program, 'list', opened.again.store)
  const [code, message, next] =
    found.length === 0
      ? ([
          'unknown-key',
          `No contact on this device has the key "${key}".`,
          `To see the keys, use "${list}".`,
        ] as const)
      : ([
          'ambiguous-key',
          `The keys of ${found.length} contacts begin with "${key}".`,
          'Give more characters of the key.',
        ] as const)
  if (output.json)
    output.record(
      refused === null
        ? failureRecord({ code, store, message, next })
        : { ...refused, code, refusal: code, message, next },
    )
  output.note(message, 'bad')
  for (const contact of found.slice(0, NAMED))
    output.note(`  ${contact.key} ${contactLine(contact, (text) => output.untrustedNote(text))}`)
  output.note(next)
  return 1
}

/** As much of a key of these contacts as tells it from the others. */
export const keyBeginnings = ({ contacts }: Pick<ListedContacts, 'contacts'>): ((key: string) => string) => {
  const length = keyLength(contacts.map(({ key }) => key))
  return (key) => key.slice(0, length)
}
