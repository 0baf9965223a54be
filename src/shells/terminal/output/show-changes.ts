import type { Contact, PastList } from '../../../index.ts'
import { contactLine, contactRecord } from './contact/contact-line.ts'
import type { Output } from './output.ts'

/** Prints the contacts that an attempt changed. */
export const showChanges = (output: Output, { added, updated, gone }: PastList): void => {
  const line = (contact: Contact) => contactLine(contact, (text) => output.untrusted(text))
  for (const contact of added) output.result(`  + ${line(contact)}`)
  for (const { after } of updated) output.result(`  ~ ${line(after)}`)
  for (const contact of gone) output.result(`  - ${line(contact)}`)
}

/** The same, as JSON. */
export const changesRecord = ({ added, updated, gone }: PastList): object => ({
  added: added.map(contactRecord),
  updated: updated.map(({ before, after }) => ({
    before: contactRecord(before),
    after: contactRecord(after),
  })),
  removed: gone.map(contactRecord),
})
