import { describe, expect, it } from 'vitest'
import { columnsOf, padded, printable, shortened, unbroken, widthOf, wrapped } from './wrap.ts'

const widest = (text: string): number => Math.max(...text.split('\n').map(widthOf))

describe('a text wrapped to the width of a terminal', () => {
  const sentence = 'The 40 contacts on this device are unchanged since Nov 29, 2026, 12:05 AM.'

  it.each([20, 40, 60])('is broken between words at %i columns', (columns) => {
    const text = wrapped(sentence, columns)
    expect(widest(text)).toBeLessThanOrEqual(columns)
    expect(text.replaceAll('\n', ' ')).toBe(sentence)
  })

  it('stays one line if it fits', () => expect(wrapped(sentence, sentence.length)).toBe(sentence))

  it('has later lines indented like the first', () =>
    expect(wrapped('    one two three', 9)).toBe('    one\n    two\n    three'))

  it('keeps a command to copy in one line, even a long one', () => {
    const address = `https://login.example/${'x'.repeat(60)}`
    expect(wrapped(`To sign in, open ${address} now.`, 20)).toBe(`To sign in, open\n${address}\nnow.`)
    const command = `"device-contacts list --store '/data/my "old" contacts.db'"`
    const line = `To see them all, use ${command}.`
    expect(printable(wrapped(line, 24))).toBe(`To see them all, use\n${command}.`)
    expect(printable(wrapped(`The file is ${unbroken('/data/my contacts.db')}`, 12))).toBe(
      'The file is\n/data/my contacts.db',
    )
  })

  it('counts the columns of characters, not their number', () => {
    expect(wrapped('山田 太郎 花子', 9)).toBe('山田 太郎\n花子')
    expect(wrapped('e\u0301e\u0301 e\u0301e\u0301', 5)).toBe('e\u0301e\u0301 e\u0301e\u0301')
    expect(wrapped('👩‍👩‍👧 👩‍👩‍👧', 5)).toBe('👩‍👩‍👧 👩‍👩‍👧')
  })
})

describe('a text that is shortened', () => {
  it('fits, and ends with …', () => {
    expect(shortened('Customers', 6)).toBe('Custo…')
    expect(shortened('Customers', 9)).toBe('Customers')
    expect(shortened('山田太郎', 5)).toBe('山田…')
    expect(shortened('👩‍👩‍👧👩‍👩‍👧', 3)).toBe('👩‍👩‍👧…')
    expect(shortened('Customers', 0)).toBe('')
  })
})

it('columns of a table line up in any script', () => expect(padded('山田', 6) + '|').toBe('山田  |'))

it.each([undefined, 0, -1, NaN, Infinity, 1.5, 1e9])('a width of %s columns counts as 80', (columns) =>
  expect(columnsOf(columns)).toBe(80),
)
