import { contactsClient } from '../../../../index.ts'
import type { Caller } from '../../../../index.ts'
import { countryOf } from '../../arguments/country-of.ts'
import { storeOptions } from '../../arguments/options.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { openListed, sayWhatIsMissing, sayWhoseTheyAre } from '../../listed-contacts.ts'
import type { ListedContacts } from '../../listed-contacts.ts'
import { printContacts } from '../../output/contact/print-contacts.ts'

export const whoisCommand: Command = {
  name: 'whois',
  summary: 'say who has a number, as when it calls',
  description: `Prints the contacts that NUMBER belongs to. If it may belong to several, all are printed: the app does not
guess who is calling. A number without a country code is read as one of --country. NUMBER may also be the
SIP address of a caller. With --json each object also has "certainty": "certain" or "possible" (the
number is local, internal, or has an unknown extension), and "number": the one that matched.`,
  options: [...storeOptions, 'country'],
  argument: { value: 'NUMBER', what: 'a number', isRequired: true, isText: true },
  run: async (context) => {
    const country = await countryOf(context.options.country)
    const listed = await openListed(context)
    const client = contactsClient(listed.opened.book, { phone: { country } })
    const callers = await client.whois(context.words.join(' '))
    client.close()
    sayWhoseTheyAre(context, listed)
    return printCallers(context, listed, callers)
  },
}

const printCallers = async (
  context: CommandContext,
  listed: ListedContacts,
  callers: readonly Caller[],
): Promise<ExitCode> => {
  const { output } = context
  const byKey = new Map(listed.contacts.map((contact) => [contact.key, contact]))
  const found = callers.flatMap(({ key, certainty, phone }) => {
    const contact = byKey.get(key)
    return contact ? [{ contact, number: phone, label: certainty, fields: { certainty, number: phone } }] : []
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
