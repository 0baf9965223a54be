import type { Contact, Source } from '../../../index.ts'
import type { CommandContext } from '../command.ts'
import { contactLine } from './contact/contact-line.ts'
import type { OpenedBook } from '../parts.ts'
import { commandLine } from '../arguments/steps.ts'
import { unbroken } from './wrap.ts'

const SAMPLE = 5

const hasName = ({ name, organization }: Contact): boolean =>
  [name.full, name.given, name.family, organization?.name].some((text) => text !== undefined)

/** Prints a few contacts from all over the list, where they are stored, and how to list them all. */
export const showSample = (
  { output, program }: CommandContext,
  { book, again, store }: OpenedBook,
  source: Source,
): void => {
  const contacts = book.contacts.get().filter((contact) => contact.source === source && hasName(contact))
  const count = Math.min(SAMPLE, contacts.length)
  for (let index = 0; index < count; index++) {
    const contact = contacts[Math.floor((index * contacts.length) / count)]
    if (contact) output.result(`  ${contactLine(contact, (text) => output.untrusted(text))}`)
  }
  output.result(`The contacts are stored in ${unbroken(store)}`)
  output.result(`To see them all, use "${commandLine(program, 'list', again.store)}".`)
}
