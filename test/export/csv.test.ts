import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Contact } from '../../src/domain/contact.ts'
import { csvCell } from '../../src/export/csv-cell.ts'
import { columns } from '../../src/export/csv-columns.ts'
import { csv } from '../../src/export/csv.ts'
import { displayName } from '../../src/projections/display-name.ts'
import { arbitraryContact, asWritten } from './arbitrary-contacts.ts'

type Row = Readonly<Record<string, string>>

const cellsOf = (text: string): readonly (readonly string[])[] =>
  parse(text, { bom: true, record_delimiter: '\r\n' })

/** What a reader has to do, and all of it. */
const original = (cell: string): string => cell.replace(/(^|[;\t\r\n])'/g, '$1')

const rowsOf = (contacts: readonly Contact[]): readonly Row[] => {
  const [head = [], ...rows] = cellsOf([...csv(contacts)].join(''))
  expect(head).toEqual(columns)
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [head[index] ?? '', original(cell)])))
}

describe('the table', () => {
  it('gives a reader the same values, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(arbitraryContact, { maxLength: 3 }), (contacts) => {
        const rows = rowsOf(contacts)
        expect(rows).toHaveLength(contacts.length)
        for (const [index, contact] of contacts.entries()) {
          const row = rows[index] ?? {}
          const told = (text: string | undefined) => asWritten(text ?? '')
          expect(row.Name).toBe(told(displayName(contact)))
          expect(row['Last Name']).toBe(told(contact.name.family))
          expect(row.Notes).toBe(told(contact.note))
          expect(row.Key).toBe(told(contact.key))
          expect(row.Company).toBe(told(contact.organization?.name))
          const work = contact.phones.filter(({ kind }) => kind === 'work')
          expect([row['Business Phone'], row['Business Phone 2']]).toEqual([
            told(work[0]?.value),
            told(work[1]?.value),
          ])
          const emails = contact.emails.filter(({ address }) => address !== undefined)
          expect(row['E-mail 3 Address']).toBe(told(emails[2]?.address))
          const home = contact.addresses.find(({ kind }) => kind === 'home')
          expect(row['Home Postal Code']).toBe(told(home?.postalCode))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('leaves out no number and no address: what has no column of its own is in the last one', () => {
    fc.assert(
      fc.property(arbitraryContact, (contact) => {
        const cells = Object.values(rowsOf([contact])[0] ?? {}).join(' | ')
        for (const { value } of contact.phones) expect(cells).toContain(asWritten(value))
        for (const { address = '' } of contact.emails) expect(cells).toContain(asWritten(address))
        for (const { street = '', city = '' } of contact.addresses) {
          expect(cells).toContain(asWritten(street))
          expect(cells).toContain(asWritten(city))
        }
        for (const im of contact.ims) expect(cells).toContain(asWritten(im))
      }),
    )
  })

  it('has no cell that begins a formula', () => {
    fc.assert(
      fc.property(arbitraryContact, (contact) => {
        for (const cell of cellsOf([...csv([contact])].join('')).flat())
          expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]|^[\t\r\n]/)
      }),
    )
  })

  it('begins none either where a spreadsheet divides at semicolons and tabs, and so ignores the quotes', () => {
    fc.assert(
      fc.property(arbitraryContact, (contact) => {
        for (const piece of [...csv([contact])].join('').split(/[;\t\r\n]/))
          expect(piece).not.toMatch(/^[\s"]*[=+\-@＝＋－＠]/)
      }),
      { numRuns: 300 },
    )
  })

  it('begins with a mark for Excel, which can be left out', () => {
    expect([...csv([])].join('').startsWith('\ufeffName,')).toBe(true)
    expect([...csv([], { bom: false })].join('').startsWith('Name,')).toBe(true)
  })

  it('names a person of whom only the whole name is known', () => {
    const [row] = rowsOf([
      {
        ...{ key: 'k', id: '1', source: 'microsoft365', name: { full: 'Ann Bee' } },
        ...{ phones: [], emails: [], addresses: [], ims: [], categories: [] },
        birthday: { month: 4, day: 12 },
        anniversary: { year: 1990, month: 4, day: 2 },
      },
    ])
    expect(row).toMatchObject({
      'First Name': 'Ann Bee',
      'Last Name': '',
      Birthday: '--04-12',
      Anniversary: '1990-04-02',
    })
  })
})

describe('a cell', () => {
  it.each([
    ...[
      '+12065550100',
      '+1 206 555 0100',
      '0170 123',
      '007',
      '12345678901234',
      '(555)',
      '1-2-3',
      '1/2',
      '1.5',
      '1e5',
    ],
    ...[
      '=1+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      ' =1',
      '\r=1',
      '＝1',
      "'",
      "'quoted",
      'TRUE',
      'false',
      '12 May',
      'Mar-14',
    ],
    ...['555 0100', '50%', '€ 5', '10:30', '--04-12', '10:30 AM', '5 p', '2 p.m.', '2020-01-02T10:00Z'],
  ])('that a spreadsheet would run or rewrite, or that begins with the mark, is marked: %j', (value) => {
    const [[cell = ''] = []] = cellsOf(`${csvCell(value)}\r\n`)
    expect([cell[0], original(cell)]).toEqual(["'", value])
  })

  it.each([
    'Ann',
    '5550100',
    '0',
    '12 Main Street',
    'May',
    'a+b',
    'ann@example.test',
    'B12',
    '',
    '1st',
    'Marina 5',
  ])('that stays as it is has no mark: %j', (value) => {
    expect(csvCell(value)).toBe(value)
  })

  it.each([
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', '"a\nb"'],
    ['a;b', '"a;b"'],
    ['a;=1', `"a;'=1"`],
    ["a;'b", `"a;''b"`],
    ['a\n@b', `"a\n'@b"`],
    ['a;"=1', `"a;'""=1"`],
    [' a', '" a"'],
  ])('is quoted where another program could divide or trim it: %j', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })
})
