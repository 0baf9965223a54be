import { expect, test } from 'vitest'
import { isVisible } from './visible-text.ts'

test('of a single character, it does not matter how it is looked at: after another one, or as the first', () => {
  const differing: string[] = []
  for (let unit = 0; unit < 0x10000; unit++) {
    const text = String.fromCharCode(unit)
    // A space is invisible, so that the character alone decides.
    if (isVisible(text) !== isVisible(` ${text}`)) differing.push(unit.toString(16))
  }
  expect(differing).toEqual([])
})

test.each([
  '',
  ' ',
  '\t\u00a0',
  '\u200b\u2060',
  '\u202e\u202c',
  '\u3164',
  '\u2800',
  '\u034f',
  '\u061c',
  '\u115f',
])('nothing of %j can be seen', (text) => {
  expect(isVisible(text)).toBe(false)
})

test.each(['a', ' é', '\u202eש', '\u3164山', '🎈', '-', '\ud800'])('something of %j can be seen', (text) => {
  expect(isVisible(text)).toBe(true)
})
