import type { Contact, ContactName } from '../domain/contact.ts'
import { isVisible } from '../formats/visible-text.ts'
import type { NameOrder } from './order/name-order.ts'

/**
 * The name that a list shows: the contact's name, else its nickname, what the source files it under, its company,
 * e-mail address, number or instant-messaging address; empty if it has none of them.
 *
 * @param nameOrder for a name that the source tells in parts only
 */
export const displayName = (contact: Contact, nameOrder: NameOrder = 'given-first'): string =>
  visible(contact.name.full) ||
  wholeName(contact.name, nameOrder) ||
  joined(contact.name.phoneticFamily, contact.name.phoneticGiven) ||
  substituteFor(contact, contact.organization?.name) ||
  firstVisible(contact.phones.map(({ value }) => value)) ||
  firstVisible([...contact.ims, ...(contact.sips ?? [])])

/**
 * The name by which a list sorts; empty if the contact has neither a name nor a company nor an e-mail address. The
 * parts decide rather than the name as a whole, because only they tell the family from the given name. A phonetic part
 * (in Japan: yomi) takes precedence in every locale, as in the address books of iOS and Android: a person who enters one
 * wants the name found by its sound, and Han characters have no order by sound of their own.
 */
export const sortName = (contact: Contact, nameOrder: NameOrder): string => {
  const { full, given, middle, family, phoneticGiven, phoneticFamily } = contact.name
  const firstName = visible(phoneticGiven) || joined(given, middle)
  const lastName = visible(phoneticFamily) || family
  return (
    (nameOrder === 'family-first' ? joined(lastName, firstName) : joined(firstName, lastName)) ||
    visible(full) ||
    substituteFor(contact, visible(contact.organization?.phoneticName) || contact.organization?.name)
  )
}

/** A family and a given name as East Asia writes them, without a space. A family name in katakana is a foreign one. */
const eastAsianFamily = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}]+$/u
const eastAsianGiven = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}ー]+$/u

const wholeName = ({ given = '', middle, family = '' }: ContactName, nameOrder: NameOrder): string => {
  if (eastAsianFamily.test(family) && eastAsianGiven.test(given) && !visible(middle)) return family + given
  return nameOrder === 'family-first'
    ? joined(family, joined(given, middle))
    : joined(joined(given, middle), family)
}

/**
 * What a contact without a name is called. A nickname is the person's own word and comes before `fileAs`, which is a
 * company or an e-mail address where Outlook fills it in.
 */
const substituteFor = ({ name, nickname, emails }: Contact, company: string | undefined): string =>
  visible(nickname) ||
  visible(name.fileAs) ||
  visible(company) ||
  firstVisible(emails.filter(isForPeople).map(({ address }) => address)) ||
  firstVisible(emails.map((email) => email.name))

/** An Exchange name (`/o=…`) means nothing to people. */
const isForPeople = ({ address, routingType }: Contact['emails'][number]): boolean =>
  address !== undefined && routingType === undefined

/** Two texts with a space between them, or the one that is visible. */
export const joined = (first: string | undefined, second: string | undefined): string => {
  const [one, other] = [visible(first), visible(second)]
  return one && other ? `${one} ${other}` : one || other
}

const firstVisible = (texts: readonly (string | undefined)[]): string =>
  texts.find((text) => visible(text) !== '') ?? ''

const visible = (text: string | undefined): string => (text !== undefined && isVisible(text) ? text : '')
