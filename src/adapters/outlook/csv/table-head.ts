import type { PhoneKind, PointKind } from '../../../domain/contact.ts'
import {
  addressColumns,
  emailColumns,
  faxPlaces,
  laterOwnColumns,
  otherColumns,
  ownColumns,
  phoneColumns,
  primaryPhone,
  textColumns,
  type AddressPart,
} from './columns.ts'
import { firstRows, type Row, type TableFormat } from './rows-in.ts'

type Texts = typeof textColumns

/** What a column holds. */
export type Field =
  | { readonly in: 'name'; readonly key: Texts['name'][number][0] }
  | { readonly in: 'organization'; readonly key: Texts['organization'][number][0] }
  | { readonly in: 'contact'; readonly key: Texts['contact'][number][0] }
  | {
      readonly in: 'phones'
      readonly kind: PhoneKind
      readonly at?: 'work' | 'home'
      readonly isPrimary: boolean
    }
  | { readonly in: 'emails'; readonly index: number; readonly part: 'address' | 'type' | 'label' }
  | { readonly in: 'addresses'; readonly kind: PointKind; readonly part: AddressPart }
  | { readonly in: 'other'; readonly key: (typeof otherColumns)[number][0] }
  | { readonly in: 'own'; readonly key: (typeof ownColumns | typeof laterOwnColumns)[number][0] }

/** The head of a table, and what it says about the rows. */
export interface TableHead {
  readonly format: TableFormat
  /** What each column holds; null if it is not read. */
  readonly fields: readonly (Field | null)[]
  /** Whether this app wrote the table. */
  readonly isOwn: boolean
  /** Whether the columns have the names of English. */
  readonly isEnglish: boolean
  /** Rows before the first contact. */
  readonly rows: number
}

/** Fewer columns whose names are known say nothing about a table. */
const LEAST_KNOWN = 3

const normal = (name: string): string => name.trim().replace(/\s+/g, ' ').replaceAll('’', "'").toLowerCase()

/**
 * Names of columns, and what they hold. Outlook translates them with its windows. Left out are columns that no address book
 * needs (`Government ID Number`, `Billing Information`, `Account`, `User 1`) and marks that hide a contact from other people
 * with access to the mailbox (`Private`, `Sensitivity`): the file is its owner's.
 *
 * English: what Outlook, Outlook on the web and Google write. German and French: what Open-Xchange (`ContactField`,
 * `OutlookCSVContactImportTest`) and polytechnique.org (`Outlook.php`) read and write.
 */
const known: ReadonlyMap<string, Field> = new Map(
  (function* (): Generator<readonly [string, Field]> {
    const each = (names: readonly string[], field: Field) =>
      names.map((name) => [normal(name), field] as const)
    for (const [key, ...names] of textColumns.name) yield* each(names, { in: 'name', key })
    for (const [key, ...names] of textColumns.organization) yield* each(names, { in: 'organization', key })
    for (const [key, ...names] of textColumns.contact) yield* each(names, { in: 'contact', key })
    for (const [kind, ...names] of phoneColumns) yield* each(names, { in: 'phones', kind, isPrimary: false })
    for (const [at, ...names] of faxPlaces)
      yield* each(names, { in: 'phones', kind: 'fax', at, isPrimary: false })
    yield* each(primaryPhone, { in: 'phones', kind: 'other', isPrimary: true })
    for (const [index, part, name] of emailColumns) yield* each([name], { in: 'emails', index, part })
    for (const [kind, part, name] of addressColumns) yield* each([name], { in: 'addresses', kind, part })
    for (const [key, ...names] of otherColumns) yield* each(names, { in: 'other', key })
  })(),
)

const own: ReadonlyMap<string, Field> = new Map(
  [...ownColumns, ...laterOwnColumns].map(([key, name]) => [normal(name), { in: 'own', key }]),
)

/** Names that tell the language of all others. */
const english: ReadonlySet<string> = new Set(['first name', 'last name', 'e-mail address', 'company'])

/** Finds the delimiter under which a table has columns with known names; null if there is none. */
export const readHead = (prefix: string): TableHead | null => {
  const newline = prefix.includes('\n') || !prefix.includes('\r') ? '\n' : '\r'
  let best: { readonly head: TableHead; readonly count: number } | null = null
  for (const delimiter of [',', ';', '\t']) {
    const format = { delimiter, newline } as const
    // Excel takes the delimiter from a line like `sep=;` before the table.
    const rows = firstRows(prefix, format)
    const isMarked = /^sep=/i.test(rows[0]?.[0] ?? '')
    const head = headOf(rows[isMarked ? 1 : 0] ?? [], format, isMarked ? 2 : 1)
    const count = new Set(head.fields.filter((field) => field !== null)).size
    if (count >= LEAST_KNOWN && count > (best?.count ?? 0)) best = { head, count }
  }
  return best?.head ?? null
}

const headOf = (row: Row, format: TableFormat, rows: number): TableHead => {
  const names = row.map(normal)
  const isOwn = ownColumns.every(([, name]) => names.includes(normal(name)))
  const fields = names.map((name) => known.get(name) ?? (isOwn ? own.get(name) : undefined) ?? null)
  // French Outlook gives the form of address and the job the same name, in this order.
  const [address, job] = names.flatMap((name, index) => (name === 'titre' ? [index] : []))
  if (address !== undefined && job !== undefined) fields[address] = { in: 'name', key: 'prefix' }
  return { format, fields, isOwn, isEnglish: names.some((name) => english.has(name)), rows }
}
