import { peopleOptions } from '../../arguments/options.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Command, CommandContext, ExitCode } from '../../command.ts'
import { openListed, sayWhatIsMissing, sayWhoseTheyAre } from '../../contacts/listed-contacts.ts'
import { withPeople } from '../../contacts/listed-people.ts'
import { printContacts } from '../../output/contact/print-contacts.ts'
import { printFound } from '../../contacts/find-contacts.ts'

export const listCommand: Command = {
  name: 'list',
  summary: 'print the contacts on this device',
  description: `Prints one contact per line, in alphabetical order; with TEXT only those that match it, the best first, as
"find" does. On a terminal in columns: the beginning of its key, for "show"; its name, with * if a field
could not be read completely; the number to call first or an e-mail address, and its kind; organization,
folder, and the sources if it is in several, or + beside its name. What does not fit is left out or ends
with …. Elsewhere with all numbers and e-mail addresses, the whole key and (incomplete).

A person who has contacts in several sources is printed once, with the values of all: see "duplicates".
Numbers without a country code, which they may have in common, are read as those of --country.

With --json one object per line with everything known about the contact: "key", "source", "sources",
"sourceId", "name" as listed, "nameParts", "phones", "emails", "addresses" and so on, spelled as the
source wrote them; "folder" and "folderName" (null: the default folder), "incomplete": the fields that
could not be read completely, because they are "malformed" or "cut"; and, if it is in several sources,
"contacts": the "key" and the "source" of each. With --held only the contacts whose removal waits for
your approval, as their source has them.`,
  options: [...peopleOptions, 'held'],
  argument: { value: 'TEXT', what: 'text to find', isRequired: false, isText: true },
  run: async (context) => {
    const { words, options } = context
    if (words.length > 0 && options.held) throw new UsageError('Use either --held or TEXT, not both.')
    if (options.held) return printHeld(context)
    return withPeople(context, async (listed) => {
      if (words.length > 0) return printFound(context, listed, words.join(' '))
      sayWhoseTheyAre(context, listed)
      await printContacts(context, listed, listed.people)
      sayWhatIsMissing(context, listed)
      return 0
    })
  },
}

const printHeld = async (context: CommandContext): Promise<ExitCode> => {
  const listed = await openListed(context)
  const { book } = listed.opened
  const sources = book.accounts.get().map(({ source }) => source)
  const held = sources
    .filter((source) => context.options.source === undefined || source === context.options.source)
    .flatMap((source) => book.heldContacts(source))
  await printContacts(
    context,
    listed,
    held.map((contact) => ({ contact, contacts: [contact] })),
  )
  if (held.length === 0) context.output.note('No removal is waiting for your approval.')
  return 0
}
