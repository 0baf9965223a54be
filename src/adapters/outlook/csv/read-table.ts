import { ImportFailure } from '../../../domain/failures.ts'
import type { DraftContact } from '../draft-contact.ts'
import { dateOrderIn, type DateOrder } from './csv-dates.ts'
import { dateCells, mapRow, type DateReading } from './map-row.ts'
import { rowsOf } from './records.ts'
import type { Row } from './rows-in.ts'
import type { RowShape } from './stray-quotes.ts'
import { readHead, type Field, type TableHead } from './table-head.ts'

/** The head of the table that a text begins with. Throws `file-unknown-columns`, which names none: they may be people's data. */
export const tableHead = (prefix: string): TableHead => {
  const head = readHead(prefix)
  if (head === null) throw new ImportFailure('file-unknown-columns')
  return head
}

/**
 * Reads a table once to find out whether days or months come first in its dates: all of them follow one order, and a number
 * above 12 tells it. Otherwise Outlook in English writes the month first, and in other languages the day. Throws
 * `file-unreadable` if the table is damaged so that nothing tells where its rows begin.
 */
export const dateOrder = async (texts: AsyncIterable<string>, head: TableHead): Promise<DateOrder> => {
  const seen = new Set<DateOrder>()
  for await (const rows of rowsOf(texts, shapeOf(head))) {
    if (seen.size === 2) continue
    for (const row of rows)
      for (const cell of dateCells(row, head)) {
        const order = dateOrderIn(cell)
        if (order !== null) seen.add(order)
      }
  }
  const [only] = seen.size === 1 ? seen : []
  return only ?? (head.isEnglish ? 'month-first' : 'day-first')
}

/** The contacts of a table, as many as each piece of text completes. Rows are read when they are asked for. */
export async function* tableContacts(
  texts: AsyncIterable<string>,
  head: TableHead,
  dates: DateReading,
): AsyncGenerator<Iterable<{ readonly contact: DraftContact }>, void, undefined> {
  let before = head.rows
  for await (const rows of rowsOf(texts, shapeOf(head))) {
    yield contactsOf(rows.slice(before), head, dates)
    before = Math.max(0, before - rows.length)
  }
}

const shapeOf = ({ format, fields }: TableHead): RowShape => ({
  format,
  columns: fields.length,
  isOneLine: (column) => isOneLine(fields[column] ?? null),
})

/** Notes and streets have lines, and a column that is not read may have. */
const isOneLine = (field: Field | null): boolean => {
  switch (field?.in) {
    case 'name':
    case 'organization':
    case 'phones':
    case 'emails':
      return true
    case 'contact':
      return field.key !== 'note'
    case 'other':
      return field.key === 'birthday' || field.key === 'anniversary'
    default:
      return false
  }
}

function* contactsOf(rows: readonly Row[], head: TableHead, dates: DateReading) {
  for (const row of rows) yield { contact: mapRow(row, head, dates) }
}
