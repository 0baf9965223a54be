import type { ContactName, Email } from '../../../domain/contact.ts'
import { isVisible } from '../../../formats/visible-text.ts'

/** An entry of Graph's `emailAddresses`, in which either part may be missing. */
interface GraphEmail {
  readonly address: string | undefined
  readonly name: string | undefined
}

/**
 * Adds the e-mail addresses of an entry: usually one. An address that is given only as a name counts as an address, and
 * a name without an address is kept. `own` is the name of the contact itself, which says nothing as the label in
 * `Name (address)`.
 */
export const addEmail = (emails: Email[], { address, name }: GraphEmail, own: ContactName): void => {
  const given = address === undefined ? '' : bare(address)
  const label = name !== undefined && isVisible(name) ? name : undefined
  if (!isVisible(given)) {
    if (label !== undefined) emails.push(addressIn(label, own) ?? { name: label })
    return
  }
  const email = addressIn(given, own) ?? { address: given }
  const other = email.routingType === undefined || label === undefined ? null : addressIn(label, own)
  // Only Exchange can use its names, so an address beside one gets an entry of its own.
  if (other && other.routingType === undefined) emails.push(other, email)
  else emails.push(withLabel(email, label, own))
}

type Addressed = Email & { readonly address: string }

/**
 * What Outlook stores for a colleague: a distinguished name of X.500 (seen in office-js issue 3701), or the same
 * encapsulated as an address (Exchange, "IMCEAEX non-delivery report").
 */
const exchangeName = /^(?:\/o=|imceaex-_o=)/i

const smtp = /^[^\s@<>()"]+@[^\s@<>()"]+$/

/** The address itself, without white space, brackets, quotes, a URL scheme or a MAPI address type around it. */
const bare = (text: string): string =>
  plain.test(text)
    ? text
    : text
        .trim()
        .replace(/^<(.*)>$|^'(.*)'$|^"(.*)"$/s, '$1$2$3')
        .replace(/^(?:mailto:|smtp:|ex:(?=\/)|x500:(?=\/))/i, '')
        .trim()

// Most addresses, which need no work.
const plain = /^[\w.+-]+@[\w.-]+$/

/** The address in a text, with the rest of the text as its label; null if there is none. */
const addressIn = (text: string, own: ContactName): Addressed | null => {
  const whole = asAddress(bare(text))
  if (whole) return whole
  const { label, inside } = divided(text)
  const part = asAddress(inside)
  return part && withRest(part, label, own)
}

const asAddress = (text: string): Addressed | null => {
  if (exchangeName.test(text)) return { address: text, routingType: 'EX' }
  return smtp.test(text) ? { address: text } : null
}

/** The parts of `Label (address)`, which Outlook makes of a name and an address, or of a header's `Label <address>`. */
const divided = (name: string): { readonly label: string; readonly inside: string } => {
  const text = name.trim()
  const open = text.endsWith(')') ? openOf(text) : text.endsWith('>') ? text.lastIndexOf('<') : -1
  return open < 0
    ? { label: text, inside: '' }
    : { label: text.slice(0, open).trim(), inside: bare(text.slice(open + 1, -1)) }
}

/** The index of the parenthesis that matches the one at the end of the text. An Exchange name contains another pair. */
const openOf = (text: string): number => {
  let depth = 0
  for (let at = text.length - 1; at >= 0; at--) {
    const character = text[at]
    if (character === ')') depth++
    else if (character === '(' && --depth === 0) return at
  }
  return -1
}

/**
 * The label of an address. If the person gave none, Outlook fills in the address, or "Name (address)" with the name
 * of the contact. A label of the person's own, as in "Sales Desk (address)", is kept without the repeated address. An
 * Exchange name is no label.
 */
const withLabel = (email: Addressed, name: string | undefined, own: ContactName): Addressed => {
  const { address } = email
  if (name === undefined || name === address) return email
  // Most labels repeat no address.
  if (!name.includes('@') && !name.includes('/')) return { ...email, name }
  if (isSame(name, address) || exchangeName.test(bare(name))) return email
  const { label, inside } = divided(name)
  const isRepeated = isSame(inside, address) || exchangeName.test(inside)
  return isRepeated ? withRest(email, label, own) : { ...email, name }
}

/** With the label of `Label (address)`, if it says something. */
const withRest = (email: Addressed, label: string, own: ContactName): Addressed => {
  const saysNothing =
    !isVisible(label) || isSame(label, email.address) || exchangeName.test(bare(label)) || isOwn(label, own)
  return saysNothing ? email : { ...email, name: label }
}

const isOwn = (label: string, { full, given = '', family = '', fileAs }: ContactName): boolean =>
  [full, fileAs, `${given} ${family}`].some((name) => name?.trim() === label)

/** Ignores case: addresses that differ only in case are different only in theory (RFC 5321, 2.4). */
const isSame = (text: string, address: string): boolean =>
  text.length >= address.length && bare(text).toLowerCase() === address.toLowerCase()
