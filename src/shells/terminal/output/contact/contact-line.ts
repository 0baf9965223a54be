import { displayName, phoneExtension } from '../../../../index.ts'
import type { Contact } from '../../../../index.ts'

/** What else a line may tell, and the key with which `show` finds the contact. */
export interface LineDetails {
  readonly folderName: string | null | undefined
  /** Of a person who has contacts in several sources. Default: the contact is in one. */
  readonly sources?: string
}

/**
 * A contact in one line: its name, then how to reach it, and whether it is incomplete. With `details` also its organization, its folder, its sources and its key.
 * `untrusted` makes the contact's own words safe to print.
 */
export const contactLine = (
  contact: Contact,
  untrusted: (text: string) => string,
  details?: LineDetails,
): string => {
  const name = displayName(contact)
  const phones = contact.phones.map(({ value, kind }) => [value, ` (${kind})`] as const)
  const emails = contact.emails.flatMap(({ address, routingType }) =>
    address === undefined || routingType !== undefined ? [] : [[address, ''] as const],
  )
  const places = details ? [contact.organization?.name, details.folderName, details.sources] : []
  const others = places.flatMap((text) => (text ? [[text, ''] as const] : []))
  const parts = [...phones, ...emails, ...others]
    .filter(([value]) => value !== name)
    .map(([value, kind]) => [untrusted(value), kind] as const)
    .filter(([value]) => value !== '')
    .map(([value, kind]) => value + kind)
  const key = details ? [contact.key] : []
  const mark = contact.incomplete ? ['(incomplete)'] : []
  return [name === '' ? '(no name)' : untrusted(name), ...parts, ...key, ...mark].join(' · ')
}

/**
 * A contact as JSON. `name` is its name in the list; numbers and addresses are spelled as the source wrote them.
 */
export const contactRecord = ({
  key,
  source,
  id,
  name,
  phones,
  ...rest
}: Contact): Readonly<Record<string, unknown>> => ({
  key,
  source,
  sourceId: id,
  name: displayName({ key, source, id, name, phones, ...rest }),
  nameParts: name,
  phones: phones.map((phone) => {
    const extension = phoneExtension(phone.value)
    return extension === null ? phone : { ...phone, extension }
  }),
  ...rest,
})
