import type { Command } from '../command.ts'
import { contactLine, contactRecord } from '../contact-line.ts'
import { storeOptions } from '../options.ts'
import { commandLine } from '../steps.ts'

export const listCommand: Command = {
  name: 'list',
  summary: 'print the contacts on this device',
  description: `One contact a line, in alphabetical order: its name, numbers and e-mail addresses. With --json one
object a line, with everything that is known of the contact: "source", "sourceId", "name" as it is
listed, "nameParts", "phones", "emails", "addresses" and so on, spelled as the source wrote them.`,
  options: storeOptions,
  run: async (context) => {
    const { output, program } = context
    const { book, again } = await context.open('look')
    const contacts = book.contacts.get()
    for (const contact of contacts) {
      if (output.json) output.record(contactRecord(contact))
      else output.result(contactLine(contact, (text) => output.foreign(text)))
    }
    if (contacts.length === 0) {
      output.note('There are no contacts on this device.')
      output.note(`To import yours, use "${commandLine(program, 'import', again.store)}".`)
    }
    return 0
  },
}
