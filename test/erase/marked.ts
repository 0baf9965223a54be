import type { Account, Contact, ContactFolder } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'

/** Texts that occur in all personal data of contacts and accounts, and nowhere else. */
export const contactMarks = [
  'zqid-',
  'Zqname',
  'zqmail',
  '+99 555',
  'Zqstreet',
  'Zqnote',
  'Zqfolder',
] as const

/** These and the text that occurs in tokens. */
export const marks = [...contactMarks, 'zqtoken'] as const

export const markedAccount: Account = { id: 'zqid-tenant.zqid-person', username: 'person@zqmail.example' }

/** The folders of the marked contacts. */
export const markedFolders: readonly ContactFolder[] = [{ id: 'zqid-f', name: 'Zqfolder' }]

/** A contact with something personal in every kind of field. */
export const markedContact = (id: string, change = ''): Contact =>
  sampleContact(`zqid-${id}`, {
    version: `1${change}`,
    name: { full: `Zqname ${id} Ünïcödé 名前 ${change}`, given: 'Zqname', family: id },
    phones: [{ value: `+99 555 ${id}`, kind: 'mobile' }],
    emails: [{ address: `${id}${change}@zqmail.example`, name: `Zqname ${id}` }],
    addresses: [{ kind: 'home', street: `Zqstreet ${id}`, city: 'Zqstreet' }],
    organization: { name: 'Zqname Ltd', assistant: `Zqname ${id}` },
    spouse: `Zqname ${id}`,
    children: [`Zqname ${id}`],
    personalUrl: `https://zqmail.example/${id}`,
    note: `Zqnote ${id} ${'long '.repeat(Number(id) % 200)}`,
  })

export const markedContacts = (count: number, change = ''): readonly Contact[] =>
  Array.from({ length: count }, (_, index) => markedContact(`${index}`, change))
