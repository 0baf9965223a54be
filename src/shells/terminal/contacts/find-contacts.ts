import type { Contact, Hit, Phone } from '../../../index.ts'
import type { CommandContext, ExitCode } from '../command.ts'
import { sayWhatIsMissing, sayWhoseTheyAre } from './listed-contacts.ts'
import type { ListedPeople } from './listed-people.ts'
import { printContacts } from '../output/contact/print-contacts.ts'

/** More hits do not help a person; a longer text does. */
const MOST_FOUND = 100

/** Prints the contacts that match the text, the best first. */
export const printFound = async (
  context: CommandContext,
  listed: ListedPeople,
  text: string,
): Promise<ExitCode> => {
  const { output } = context
  const hits = await listed.client().find(text, MOST_FOUND)
  sayWhoseTheyAre(context, listed)
  const found = hits.flatMap((hit) => {
    const person = listed.personWith(hit.key)
    return person
      ? [{ ...person, number: foundNumber(person.contact, hit), fields: { matches: hit.matches } }]
      : []
  })
  await printContacts(context, listed, found)
  if (listed.contacts.length === 0) sayWhatIsMissing(context, listed)
  else if (found.length === 0) output.note(`No contact matches "${output.untrustedNote(text)}".`)
  else if (found.length === MOST_FOUND)
    output.note(`These are the best ${MOST_FOUND}. Type more to find fewer.`)
  return 0
}

/** The number that matched; undefined if something else did. */
const foundNumber = ({ phones }: Contact, { matches }: Hit): Phone | undefined => {
  const match = matches.find(({ field }) => field === 'phone')
  return match && phones.find(({ value }) => value === match.text)
}
