import type { Contact } from '../domain/contact.ts'
import { csvCell } from './csv-cell.ts'
import { cellsOf, columns } from './csv-columns.ts'
import { cleanText } from './clean-text.ts'
import { inPieces } from './content-line.ts'

/**
 * The contacts as a table, in pieces of some 16,000 characters: CSV of RFC 4180 with a head, in UTF-8 with CRLF. Never
 * throws. `csvCell` says how a reader gets a value back. Texts change otherwise as in `vcards`.
 *
 * It is for spreadsheets. For another address book, take `vcards`: one that reads a CSV shows the apostrophes.
 *
 * @param bom whether the text begins with U+FEFF, without which Excel reads it in an older code page. Default: true
 */
export const csv = (
  contacts: Iterable<Contact>,
  { bom = true }: { readonly bom?: boolean } = {},
): Generator<string, void, undefined> => inPieces(rows(contacts, bom))

function* rows(contacts: Iterable<Contact>, bom: boolean) {
  if (bom) yield '\ufeff'
  yield row(columns)
  for (const contact of contacts) yield row(cellsOf(contact))
}

const row = (cells: readonly string[]): string =>
  `${cells.map((cell) => csvCell(cleanText(cell))).join(',')}\r\n`
