import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { Output } from '../output.ts'
import { widthOf } from '../wrap.ts'
import { keyLength } from './key-beginnings.ts'
import type { ContactRow } from './contact-row.ts'
import { printContactTable } from './contact-table.ts'

const ann: ContactRow = {
  ...{ key: 'abcdef0123456789', name: 'Ann Bee', number: '+1 206 555 0100', kind: 'mobile' },
  ...{ organization: 'Contoso', folder: 'Clients', sources: '', isIncomplete: false },
}
const rows: readonly ContactRow[] = [
  ann,
  {
    ...ann,
    key: 'abcdeg',
    name: '皇甫 子涵',
    number: '1'.repeat(60),
    organization: 'x'.repeat(300),
    isIncomplete: true,
  },
  {
    ...ann,
    key: 'b',
    name: 'דוד בן־גוריון',
    kind: 'fax',
    organization: '\u200b'.repeat(100_000),
    folder: '',
  },
  { ...ann, key: 'c', name: 'e\u0301'.repeat(50_000), folder: '\u001b[31mred\u009b1m\n\ud800' },
  { ...ann, key: 'd', name: '(no name)', number: '', kind: '', organization: '', folder: '' },
]

const printed = async (columns: number, all: readonly ContactRow[] = rows): Promise<readonly string[]> => {
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns })
  const output = new Output({ stdout, stderr: new PassThrough(), json: false, plain: true })
  await printContactTable(output, all, columns)
  stdout.end()
  return (await stdout.toArray()).join('').trimEnd().split('\n')
}

describe('contacts in columns', () => {
  it.each([1, 10, 20, 39, 40, 60, 80, 120, 200])(
    'fit a terminal of %i columns, one a line',
    async (columns) => {
      const lines = await printed(columns)
      expect(lines).toHaveLength(rows.length + 1)
      for (const line of lines) {
        expect(widthOf(line)).toBeLessThanOrEqual(columns)
        expect(line).not.toMatch(/\p{Cc}/u)
      }
    },
  )

  it.each([36, 40, 44, 48, 60])('show numbers whole in %i columns: the key goes first', async (columns) => {
    const long = { ...ann, name: 'Plumber and Sons', number: '(01275) 0095 2233' }
    for (const line of (await printed(columns, [long, ann])).slice(1)) expect(line).toMatch(/2233|0100/)
  })

  it('leave out the folder first, then the organization and the key, and last the number', async () => {
    expect((await printed(120, [ann]))[1]).toBe(
      'abcdef  Ann Bee  +1 206 555 0100  mobile  Contoso       Clients',
    )
    expect((await printed(55, [ann]))[1]).toBe('abcdef  Ann Bee  +1 206 555 0100  mobile  Contoso')
    expect((await printed(42, [ann]))[1]).toBe('abcdef  Ann Bee  +1 206 555 0100  mobile')
    expect((await printed(35, [ann]))[1]).toBe('Ann Bee  +1 206 555 0100  mobile')
    expect((await printed(25, [ann]))[1]).toBe('Ann Bee  +1 206 555 0100')
    expect((await printed(12, [ann]))[1]).toBe('Ann Bee')
  })

  it('name the sources of a person in several where there is room, and else mark the name', async () => {
    const both = { ...ann, sources: 'Microsoft, Google' }
    const [head, wide] = await printed(100, [both, ann])
    expect(head).toMatch(/folder +sources$/)
    expect(wide).toMatch(/Clients +Microsoft, Google$/)
    const [, narrow, single] = await printed(60, [both, ann])
    expect(narrow).toContain('Ann Bee+ ')
    expect(single).not.toContain('+ ')
    const [, marked] = await printed(60, [{ ...both, isIncomplete: true }])
    expect(marked).toContain('Ann Bee*+ ')
  })

  it('cut long texts, isolate texts of the other direction, and mark incomplete contacts', async () => {
    const [, , chinese = '', hebrew = ''] = await printed(80)
    expect(chinese).toMatch(/^abcdeg {2}皇甫 子涵\* +1+… /)
    expect(hebrew).toContain('\u2068דוד')
    expect(hebrew).toContain('\u2069')
  })
})

it('the beginnings of keys tell them apart', () => {
  expect(keyLength([])).toBe(6)
  expect(keyLength(['abcdef1', 'bcdefg1'])).toBe(6)
  expect(keyLength(['abcdefg1', 'abcdefg2'])).toBe(8)
  expect(keyLength(['same', 'same'])).toBe(6)
})
