import { displayName } from '../../../index.ts'
import type { Contact } from '../../../index.ts'

/**
 * A contact in one line: its name, then how to reach it. `untrusted` makes the contact's own texts safe to print.
 */
export const contactLine = (contact: Contact, untrusted: (text: string) => string): string => {
  const name = displayName(contact)
  const reach = [
    ...contact.phones.map(({ value }) => value),
    ...contact.emails.flatMap(({ address, routingType }) =>
      address === undefined || routingType !== undefined ? [] : [address],
    ),
  ]
    .filter((value) => value !== name)
    .map(untrusted)
    .filter((value) => value !== '')
  const mark = contact.incomplete ? ['(incomplete)'] : []
  return [name === '' ? '(no name)' : untrusted(name), ...reach, ...mark].join(' · ')
}

/**
 * A contact as JSON. `name` is its name in the list; numbers and addresses are spelled as the source wrote them.
 */
export const contactRecord = ({ source, id, name, ...rest }: Contact): Readonly<Record<string, unknown>> => ({
  source,
  sourceId: id,
  name: displayName({ source, id, name, ...rest }),
  nameParts: name,
  ...rest,
})
