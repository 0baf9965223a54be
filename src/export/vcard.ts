import type { Contact } from '../domain/contact.ts'
import { folded, inPieces } from './content-line.ts'
import { cardLines } from './vcard-lines.ts'

/** 4.0: RFC 6350. 3.0: RFC 2426, for readers that know no other. */
export type VcardVersion = '3.0' | '4.0'

/**
 * The contacts as vCards, in pieces of some 16,000 characters: UTF-8 text with CRLF, in lines of at most 75 octets. Never
 * throws. Values keep their spelling, but for line breaks (LF), other controls (left out) and lone surrogates (U+FFFD).
 *
 * A card leaves out what no other program could use: Exchange names, and the names of e-mails without an address.
 */
export const vcards = (
  contacts: Iterable<Contact>,
  { version = '4.0' }: { readonly version?: VcardVersion } = {},
): Generator<string, void, undefined> => inPieces(foldedLines(contacts, version))

function* foldedLines(contacts: Iterable<Contact>, version: VcardVersion) {
  for (const contact of contacts) for (const line of cardLines(contact, version)) yield folded(line)
}
