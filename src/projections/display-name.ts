import type { Contact } from '../domain/contact.ts'
import { isVisible } from '../formats/visible-text.ts'

/**
 * The name that a list shows: the contact's name, else its nickname, what the source files it under, its company,
 * e-mail address, number or instant-messaging address; empty if it has none of them.
 */
export const displayName = (contact: Contact): string =>
  nameOf(contact) || (firstVisible(...contact.phones.map(({ value }) => value), ...contact.ims) ?? '')

/**
 * The same without numbers; empty if there is nothing else. A nickname was chosen by the person, so it comes before
 * `fileAs`, which is a company or an e-mail address where Outlook fills it in.
 */
export const nameOf = (contact: Contact): string => {
  const { full } = contact.name
  return full !== undefined && isVisible(full) ? full : substituteFor(contact)
}

const substituteFor = ({ name, nickname, organization, emails }: Contact): string =>
  firstVisible(
    joined(name.given, name.middle, name.family),
    joined(name.phoneticFamily, name.phoneticGiven),
    nickname,
    name.fileAs,
    organization?.name,
    ...emails.filter(isForPeople).map(({ address }) => address),
    ...emails.map((email) => email.name),
  ) ?? ''

/** An Exchange name (`/o=…`) means nothing to people. */
const isForPeople = ({ address, routingType }: Contact['emails'][number]): boolean =>
  address !== undefined && routingType === undefined

export const joined = (...parts: (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && isVisible(part)).join(' ')

const firstVisible = (...texts: (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && isVisible(text))
