import { displayName, firstToCall } from '../../../../index.ts'
import type { Person } from '../../../../index.ts'
import { sourcesText } from './person-sources.ts'

/** What a table shows of a contact. Any text may be empty, and none of them is safe to print yet. */
export interface ContactRow {
  readonly key: string
  readonly name: string
  /** A number or, if the contact has none, an e-mail address. */
  readonly number: string
  /** What the number is for. */
  readonly kind: string
  readonly organization: string
  readonly folder: string
  /** Those of a person who has contacts in several. */
  readonly sources: string
  readonly isIncomplete: boolean
}

/** The kind of an e-mail address that stands in for a number. */
export const E_MAIL = 'e-mail'

/**
 * The row of a person.
 *
 * @param folderName null or undefined: the default folder, or an unknown one
 * @param number the number to show, such as the one that was found. Default: the one to call first
 */
export const contactRow = (
  { contact, contacts }: Person,
  folderName: string | null | undefined,
  number = firstToCall(contact.phones),
): ContactRow => {
  const address = contact.emails.find(({ routingType }) => routingType === undefined)?.address
  const substitute = address === undefined ? ['', ''] : [address, E_MAIL]
  const [value = '', kind = ''] = number ? [number.value, number.kind] : substitute
  return {
    key: contact.key,
    name: displayName(contact) || '(no name)',
    number: value,
    kind,
    organization: contact.organization?.name ?? '',
    folder: folderName ?? '',
    sources: sourcesText(contacts),
    isIncomplete: contact.incomplete !== undefined,
  }
}
