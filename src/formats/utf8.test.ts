import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utf8Of } from './utf8.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', 'é', '山', '👩', '\ud800') }),
)

test('the bytes of a text are those that Buffer makes of it, whatever text came before', () => {
  fc.assert(
    fc.property(fc.array(text, { maxLength: 5 }), (texts) => {
      for (const each of texts) expect(Buffer.from(utf8Of(each)).equals(Buffer.from(each))).toBe(true)
    }),
  )
})

test('a text that is too long for the memory that is kept is encoded all the same, and so is the next', () => {
  const long = '山'.repeat(3_000_000)
  expect(Buffer.from(utf8Of(long)).equals(Buffer.from(long))).toBe(true)
  expect(Buffer.from(utf8Of('Ann')).toString()).toBe('Ann')
})

test('texts of the size of a page of contacts share their memory', () => {
  const page = 'é'.repeat(1_000_000)
  expect(utf8Of(page).buffer).toBe(utf8Of(`${page.slice(1)}a`).buffer)
})
