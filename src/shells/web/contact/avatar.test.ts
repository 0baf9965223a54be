import { expect, test } from 'vitest'
import { initialsOf, toneOf, tones } from './avatar.ts'

/** WCAG 2.2, definition of relative luminance. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

test('initials can be read on each colour, in light and in dark', () => {
  for (const [ground, letters] of tones)
    for (const mode of [0, 1] as const)
      expect(contrast(ground[mode], letters[mode]), ground[mode]).toBeGreaterThanOrEqual(4.5)
})

test('a contact keeps its colour, and contacts share all of them', () => {
  expect(toneOf('key-1')).toBe(toneOf('key-1'))
  const used = new Set(Array.from({ length: 200 }, (_, at) => toneOf(`key-${at}`)))
  expect(used.size).toBe(tones.length)
})

test.each([
  ['Ann Lee', 'AL'],
  ['Ann Marie Lee', 'AL'],
  ['ann', 'A'],
  ['(Ann) "Lee"', 'AL'],
  ['山田 太郎', '山'],
  ['אבי כהן', 'אכ'],
  ['Åsa Ödman', 'ÅÖ'],
  ['+49 30 901820', ''],
  ['ann@example.test', ''],
  ['', ''],
])('the initials of %j are %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
