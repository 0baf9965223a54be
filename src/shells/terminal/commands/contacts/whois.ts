import type { Caller } from '../../../../index.ts'
import { peopleOptions } from '../../arguments/options.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { sayWhatIsMissing, sayWhoseTheyAre } from '../../contacts/listed-contacts.ts'
import { withPeople } from '../../contacts/listed-people.ts'
import type { ListedPeople } from '../../contacts/listed-people.ts'
import { printContacts } from '../../output/contact/print-contacts.ts'

export const whoisCommand: Command = {
  name: 'whois',
  summary: 'say who has a number, as when it calls',
  description: `Prints the contacts that NUMBER belongs to. If it may belong to several, all are printed: the app does not
guess who is calling. A number without a country code is read as one of --country. NUMBER may also be the
SIP address of a caller. With --json each object also has "certainty": "certain" or "possible" (the
number is local, internal, or has an unknown extension), and "number": the one that matched.`,
  options: peopleOptions,
  argument: { value: 'NUMBER', what: 'a number', isRequired: true, isText: true },
  run: async (context) => {
    const number = context.words.join(' ')
    if (!mayCall(number))
      throw new UsageError(`"${number}" is no number and no SIP address. To look for a name, use "find".`)
    return withPeople(context, async (listed) => {
      const callers = await listed.client().whois(number)
      sayWhoseTheyAre(context, listed)
      return printCallers(context, listed, callers)
    })
  },
}

/** Whether a text has a digit, in whatever script, or the form of a SIP address. */
const mayCall = (text: string): boolean => /\p{Nd}|@|^\s*<?(?:sips?|im|callto):/iu.test(text)

const printCallers = async (
  context: CommandContext,
  listed: ListedPeople,
  callers: readonly Caller[],
): Promise<ExitCode> => {
  const { output } = context
  const found = callers.flatMap(({ key, certainty, phone }) => {
    const person = listed.personWith(key)
    return person
      ? [{ ...person, number: phone, label: certainty, fields: { certainty, number: phone } }]
      : []
  })
  await printContacts(context, listed, found)
  if (listed.contacts.length === 0) sayWhatIsMissing(context, listed)
  else if (found.length === 0) output.note('No contact has this number.')
  else if (found.length > 1)
    output.note(
      callers.every(({ certainty }) => certainty === 'certain')
        ? `${found.length} contacts have this number.`
        : `${found.length} contacts may have this number.`,
    )
  else if (callers[0]?.certainty === 'possible')
    output.note('This contact may have the number, but it is not certain.')
  return 0
}
