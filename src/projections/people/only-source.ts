import type { Contact } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import type { SameNumber } from './merged-contact.ts'

/**
 * The one source of a person whose contacts have a value. Null: those of all sources have it, or none has it as it is shown.
 *
 * @param has whether a contact has the value
 */
export const onlySource = (
  contacts: readonly Contact[],
  has: (contact: Contact) => boolean,
): Source | null => {
  const having = new Set(contacts.filter(has).map(({ source }) => source))
  const [only = null] = having
  return having.size === 1 && contacts.some(({ source }) => source !== only) ? only : null
}

/** The only source of each number of a person, in their order; null as in `onlySource`. */
export const numberSources = (
  { contact, contacts }: { readonly contact: Contact; readonly contacts: readonly Contact[] },
  isSameNumber: SameNumber,
): readonly (Source | null)[] =>
  contact.phones.map(({ value }) =>
    onlySource(contacts, ({ phones }) => phones.some((phone) => isSameNumber(phone.value, value))),
  )
