import type { Email } from '../../../domain/contact.ts'
import { isVisible } from '../../../domain/visible-text.ts'

/** An entry of Graph's `emailAddresses`, in which either part may be missing. */
interface GraphEmail {
  readonly address: string | undefined
  readonly name: string | undefined
}

/**
 * The e-mail addresses of an entry: usually one. An address that is given only as a name counts as an address, and a
 * name without an address is kept. `own` are the names of the contact itself, which say nothing as a label.
 */
export const readEmail = ({ address, name }: GraphEmail, own: readonly string[]): readonly Email[] => {
  const given = address === undefined ? '' : bare(address)
  const label = name !== undefined && isVisible(name) ? name : undefined
  if (given === '') return label === undefined ? [] : [namedOnly(label)]
  if (!exchangeName.test(given)) return [{ address: given, ...labelled(label, given, own) }]
  // Only Exchange can use its names, so an address beside one gets an entry of its own.
  const internal = { address: given, routingType: 'EX' as const }
  return label !== undefined && smtp.test(bare(label))
    ? [{ address: bare(label) }, internal]
    : [{ ...internal, ...labelled(label, given, own) }]
}

/** What Outlook stores for a colleague: a distinguished name of X.500 (seen in office-js issue 3701). */
const exchangeName = /^\/o=/i

const smtp = /^[^\s@<>()"]+@[^\s@<>()"]+$/

/** The address itself, without white space, brackets, a URL scheme or a MAPI address type around it. */
const bare = (text: string): string =>
  text
    .trim()
    .replace(/^<(.*)>$/s, '$1')
    .replace(/^(?:mailto:|smtp:|ex:(?=\/)|x500:(?=\/))/i, '')
    .trim()

const namedOnly = (name: string): Email => {
  const address = bare(name)
  if (smtp.test(address)) return { address }
  const { label, inside } = divided(name)
  return smtp.test(inside) ? { address: inside, ...(isVisible(label) && { name: label }) } : { name }
}

/** The parts of `Label (address)`, which Outlook makes of a name and an address, or of a header's `Label <address>`. */
const divided = (name: string): { readonly label: string; readonly inside: string } => {
  const text = name.trim()
  const open = text.endsWith(')') ? text.lastIndexOf('(') : text.endsWith('>') ? text.lastIndexOf('<') : -1
  return open < 0
    ? { label: text, inside: '' }
    : { label: text.slice(0, open).trim(), inside: bare(text.slice(open + 1, -1)) }
}

/**
 * The label of an address. If the person gave none, Outlook fills in the address, or "Name (address)" with the name
 * of the contact. A label of the person's own, as in "Sales Desk (address)", is kept without the repeated address.
 */
const labelled = (
  name: string | undefined,
  address: string,
  own: readonly string[],
): { readonly name?: string } => {
  if (name === undefined || isSame(name, address)) return {}
  const { label, inside } = divided(name)
  if (!isSame(inside, address)) return { name }
  return isVisible(label) && !isSame(label, address) && !own.includes(label) ? { name: label } : {}
}

/** Addresses differ in case alone only in theory (RFC 5321, 2.4). */
const isSame = (text: string, address: string): boolean => bare(text).toLowerCase() === address.toLowerCase()
