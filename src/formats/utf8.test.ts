import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Of } from './utf8.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'é', '山', '👩', '\ud800') }),
)

test('encodes a text as Buffer does, whatever text was encoded before', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      for (const each of texts) expect(Buffer.from(utf8Of(each)).equals(Buffer.from(each))).toBe(true)
    }),
  )
})

test('encodes a text that is too long for the reused memory, and the next one', () => {
  const long = '山'.repeat(3_000_000)
  expect(Buffer.from(utf8Of(long)).equals(Buffer.from(long))).toBe(true)
  expect(Buffer.from(utf8Of('Ann')).toString()).toBe('Ann')
})

test('texts of the size of a page of contacts use the same memory', () => {
  const page = 'é'.repeat(1_000_000)
  expect(utf8Of(page).buffer).toBe(utf8Of(`${page.slice(1)}a`).buffer)
})
