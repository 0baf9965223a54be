import type { Person, Phone } from '../../../../index.ts'
import { commandLine } from '../../arguments/steps.ts'
import type { CommandContext } from '../../command.ts'
import type { ListedContacts } from '../../contacts/listed-contacts.ts'
import { contactLine } from './contact-line.ts'
import { contactRow } from './contact-row.ts'
import { printContactTable } from './contact-table.ts'
import { personRecord, sourcesText } from './person-sources.ts'

/** A contact to print. */
export interface PrintedContact extends Person {
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
  { opened, contacts: all, folderName }: ListedContacts,
  printed: readonly PrintedContact[],
): Promise<void> => {
  const { columns } = output
  if (!output.json && columns !== undefined) {
    const rows = printed.map((each) => contactRow(each, folderName(each.contact), each.number))
    const keys = all.map(({ key }) => key)
    const marks = await printContactTable(output, rows, columns, keys)
    const show = `"${commandLine(program, 'show', opened.again.store)} KEY" shows which`
    if (marks.isIncomplete) output.note(`* has a field that could not be read completely: ${show}.`)
    if (marks.isInSeveral) output.note(`+ has contacts in several sources: ${show}.`)
    return
  }
  for (const { contact, contacts, fields, label } of printed) {
    const name = folderName(contact)
    if (output.json) output.record({ ...personRecord({ contact, contacts }, name), ...fields })
    else {
      const sources = sourcesText(contacts)
      const line = contactLine(contact, (text) => output.untrusted(text), { folderName: name, sources })
      output.result(label === undefined ? line : `${label} · ${line}`)
    }
  }
}
