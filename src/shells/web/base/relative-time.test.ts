import { expect, test } from 'vitest'
import { secondsLeft, timeAgo, timeLeft } from './relative-time.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const before = (milliseconds: number) => new Date(NOW - milliseconds).toISOString()
const MINUTE = 60_000

test.each([
  [0, null],
  [59_999, null],
  [-5 * MINUTE, null],
  [MINUTE, '1 minute ago'],
  [59 * MINUTE, '59 minutes ago'],
  [60 * MINUTE, '1 hour ago'],
  [47 * 60 * MINUTE, '1 day ago'],
  [40 * 24 * 60 * MINUTE, '1 month ago'],
  [800 * 24 * 60 * MINUTE, '2 years ago'],
])('%i ms ago is said as %s', (milliseconds, words) => {
  expect(timeAgo(before(milliseconds), NOW, 'en')).toBe(words)
})

test('the language decides the words', () => {
  expect(timeAgo(before(5 * MINUTE), NOW, 'de')).toBe('vor 5 Minuten')
})

test('the time left counts down to zero and not below, also if it came as a text', () => {
  const until = new Date(NOW + 899_001)
  expect(timeLeft(until, NOW)).toBe('15:00')
  expect(timeLeft(until.toISOString(), NOW + 840_000)).toBe('1:00')
  expect(timeLeft(until, NOW + 891_000)).toBe('0:09')
  expect(secondsLeft(until, NOW + 1_000_000)).toBe(0)
})
