import { peopleOptions } from '../../arguments/options.ts'
import type { Command } from '../../command.ts'
import { printFound } from '../../contacts/find-contacts.ts'
import { withPeople } from '../../contacts/listed-people.ts'

export const findCommand: Command = {
  name: 'find',
  summary: 'find contacts by name, company, address or number',
  description: `Prints the contacts that match TEXT, the best first, at most 100, as "list" prints them. Each word of TEXT
must be the beginning of a word of a name, nickname, company or e-mail address, in any order, or digits
of a number. Accents and capitals do not count. Digits also stand for letters, as on the keys of a phone:
5646 finds John. With --json each object also has "matches": where the text was found.`,
  options: peopleOptions,
  argument: { value: 'TEXT', what: 'text to find', isRequired: true, isText: true },
  run: (context) => withPeople(context, (listed) => printFound(context, listed, context.words.join(' '))),
}
