import { storeOptions } from '../../arguments/options.ts'
import { UsageError } from '../../arguments/usage-error.ts'
import type { Command } from '../../command.ts'
import { openListed, sayWhatIsMissing, sayWhoseTheyAre } from '../../listed-contacts.ts'
import { printContacts } from '../../output/contact/print-contacts.ts'
import { printFound } from '../../find-contacts.ts'

export const listCommand: Command = {
  name: 'list',
  summary: 'print the contacts on this device',
  description: `Prints one contact per line, in alphabetical order; with TEXT only those that match it, the best first, as
"find" does. On a terminal in columns: the beginning of its
key, for "show"; its name, with * if a field could not be read completely; the number to call first or an
e-mail address, and its kind; organization and folder. What does not fit is left out or ends with ….
Elsewhere with all numbers and e-mail addresses, the whole key and (incomplete).

With --json one object per line with everything known about the contact: "key", "source", "sourceId",
"name" as listed, "nameParts", "phones", "emails", "addresses" and so on, spelled as the source wrote
them; "folder" and "folderName" (null: the default folder), and "incomplete": the fields that could
not be read completely, because they are "malformed" or "cut". With --held only the contacts whose
removal waits for your approval.`,
  options: [...storeOptions, 'held'],
  argument: { value: '[TEXT]', what: 'text to find', isRequired: false, isText: true },
  run: async (context) => {
    const { words } = context
    if (words.length > 0 && context.options.held) throw new UsageError('Use either --held or TEXT, not both.')
    const listed = await openListed(context)
    if (words.length > 0) return printFound(context, listed, words.join(' '))
    if (context.options.held) {
      const { book } = listed.opened
      const held = book.accounts.get().flatMap(({ source }) => book.heldContacts(source))
      await printContacts(
        context,
        listed,
        held.map((contact) => ({ contact })),
      )
      if (held.length === 0) context.output.note('No removal is waiting for your approval.')
      return 0
    }
    sayWhoseTheyAre(context, listed)
    await printContacts(
      context,
      listed,
      listed.contacts.map((contact) => ({ contact })),
    )
    sayWhatIsMissing(context, listed)
    return 0
  },
}
