import type { ContactName, Email } from '../../../domain/contact.ts'
import { isVisible } from '../../../formats/visible-text.ts'

/** An entry of Graph's `emailAddresses`, in which either part may be missing. */
interface GraphEmail {
  readonly address: string | undefined
  readonly name: string | undefined
}

/**
 * Adds the e-mail addresses of an entry: usually one. An address that is given only as a name counts as an address, and
 * a name without an address is kept. `own` is the name of the contact itself, which says nothing as a label.
 */
export const addEmail = (emails: Email[], { address, name }: GraphEmail, own: ContactName): void => {
  const given = address === undefined ? '' : bare(address)
  const label = name !== undefined && isVisible(name) ? name : undefined
  if (given === '') {
    if (label !== undefined) emails.push(namedOnly(label))
  } else if (!exchangeName.test(given)) emails.push(withLabel({ address: given }, label, own))
  else {
    const internal = { address: given, routingType: 'EX' } as const
    const outside = label === undefined ? null : smtpIn(label)
    // Only Exchange can use its names, so an address beside one gets an entry of its own.
    if (outside?.address !== undefined)
      emails.push(withLabel({ address: outside.address }, label, own), internal)
    else emails.push(withLabel(internal, label, own))
  }
}

/** What Outlook stores for a colleague: a distinguished name of X.500 (seen in office-js issue 3701). */
const exchangeName = /^\/o=/i

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

const namedOnly = (name: string): Email => {
  const address = bare(name)
  if (exchangeName.test(address)) return { address, routingType: 'EX' }
  return smtpIn(name) ?? { name }
}

/** The address that a name holds, with the rest of the name as its label; null if there is none. */
const smtpIn = (name: string): Email | null => {
  const address = bare(name)
  if (smtp.test(address)) return { address }
  const { label, inside } = divided(name)
  return smtp.test(inside) ? { address: inside, ...(isVisible(label) && { name: label }) } : null
}

/** The parts of `Label (address)`, which Outlook makes of a name and an address, or of a header's `Label <address>`. */
const divided = (name: string): { readonly label: string; readonly inside: string } => {
  const text = name.trim()
  const open = text.endsWith(')') ? openOf(text) : text.endsWith('>') ? text.lastIndexOf('<') : -1
  return open < 0
    ? { label: text, inside: '' }
    : { label: text.slice(0, open).trim(), inside: bare(text.slice(open + 1, -1)) }
}

/** Where the parenthesis opens that the text ends with; an Exchange name has another pair within. */
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
 * of the contact. A label of the person's own, as in "Sales Desk (address)", is kept without the repeated address.
 */
const withLabel = (email: Email & { address: string }, name: string | undefined, own: ContactName): Email => {
  const { address } = email
  if (name === undefined || name === address) return email
  // Most labels repeat no address.
  if (!name.includes('@') && !name.includes('/')) return { ...email, name }
  if (isSame(name, address)) return email
  const { label, inside } = divided(name)
  if (!isSame(inside, address)) return { ...email, name }
  return isVisible(label) && !isSame(label, address) && !isOwn(label, own) ? { ...email, name: label } : email
}

const isOwn = (label: string, { full, given = '', family = '', fileAs }: ContactName): boolean =>
  [full, fileAs, `${given} ${family}`].some((name) => name?.trim() === label)

/** Addresses differ in case alone only in theory (RFC 5321, 2.4). */
const isSame = (text: string, address: string): boolean =>
  text.length >= address.length && bare(text).toLowerCase() === address.toLowerCase()
