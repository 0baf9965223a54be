import type { Contact, Phone } from '../../../../index.ts'
import { commandLine } from '../../arguments/steps.ts'
import type { CommandContext } from '../../command.ts'
import type { ListedContacts } from '../../listed-contacts.ts'
import { contactLine, contactRecord } from './contact-line.ts'
import { contactRow } from './contact-row.ts'
import { printContactTable } from './contact-table.ts'

/** A contact to print. */
export interface PrintedContact {
  readonly contact: Contact
  /** The number that a table shows. Default: the one to call first. */
  readonly number?: Phone | undefined
  /** Further fields of the JSON object. */
  readonly fields?: Readonly<Record<string, unknown>>
  /** Begins the line where there is no table. */
  readonly label?: string
}

/** Prints contacts: on a terminal in columns, elsewhere one a line, with --json one object a line. */
export const printContacts = async (
  { output, program }: CommandContext,
  { opened, folderName }: ListedContacts,
  printed: readonly PrintedContact[],
): Promise<void> => {
  const { columns } = output
  if (!output.json && columns !== undefined) {
    const rows = printed.map(({ contact, number }) => contactRow(contact, folderName(contact), number))
    await printContactTable(output, rows, columns)
    if (rows.some(({ isIncomplete }) => isIncomplete))
      output.note(
        `* has a field that could not be read completely: "${commandLine(program, 'show', opened.again.store)} KEY" shows which.`,
      )
    return
  }
  for (const { contact, fields, label } of printed) {
    const name = folderName(contact)
    if (output.json)
      output.record({ ...contactRecord(contact), ...(name !== undefined && { folderName: name }), ...fields })
    else {
      const line = contactLine(contact, (text) => output.untrusted(text), { folderName: name })
      output.result(label === undefined ? line : `${label} · ${line}`)
    }
  }
}
