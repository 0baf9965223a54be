import { displayName } from '../../../index.ts'
import type { Contact } from '../../../index.ts'

/**
 * A contact in one line: its name, then how to reach it. `foreign` makes the contact's own words fit for
 * the line.
 */
export const contactLine = (contact: Contact, foreign: (text: string) => string): string => {
  const name = displayName(contact)
  const reach = [
    ...contact.phones.map(({ value }) => value),
    ...contact.emails.map(({ address }) => address),
  ].filter((value) => value !== name)
  return [name === '' ? '(no name)' : foreign(name), ...reach.map(foreign)].join(' · ')
}

/**
 * A contact as JSON. `name` is what a list shows; every number and address is spelled as its source wrote it.
 */
export const contactRecord = ({ source, id, name, ...rest }: Contact): object => ({
  source,
  sourceId: id,
  name: displayName({ source, id, name, ...rest }),
  nameParts: name,
  ...rest,
})
