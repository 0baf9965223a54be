import type { ContactFields, Mailbox } from '../../../sandbox/index.ts'

/** The columns of the table, as Outlook on the web names them, and the fields of Graph that fill them. */
const columns: readonly (readonly [string, (fields: Partial<ContactFields>) => string | null | undefined])[] =
  [
    ['First Name', ({ givenName }) => givenName],
    ['Last Name', ({ surname }) => surname],
    ['E-mail Address', ({ emailAddresses }) => emailAddresses?.[0]?.address],
    ['Mobile Phone', ({ mobilePhone }) => mobilePhone],
    ['Company', ({ companyName }) => companyName],
  ]

const MOST_ROWS = 200

/** Some of the contacts as the Outlook app exports them: a person who tries the page has no such file. */
export const exportedTable = (mailbox: Mailbox): string => {
  const contacts = mailbox.contacts().slice(0, MOST_ROWS)
  const cell = (text: string | null | undefined) => `"${(text ?? '').replaceAll('"', '""')}"`
  const rows = contacts.map(({ fields }) => columns.map(([, of]) => cell(of(fields))).join(','))
  return [columns.map(([name]) => name).join(','), ...rows, ''].join('\r\n')
}
