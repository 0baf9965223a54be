import { expect, test } from 'vitest'
import { retryAfter } from './retry-after.ts'

const now = Date.UTC(2026, 10, 24, 12, 0, 0)
const read = (value: string | null, date?: string) => {
  const headers = new Headers(date === undefined ? {} : { date })
  if (value !== null) headers.set('retry-after', value)
  return retryAfter(headers, now)
}

test.each([
  ['10', 10_000],
  ['2.128', 2_128],
  ['0', 0],
  [' 7 ', 7_000],
])('seconds %j are waited to the fraction', (value, expected) => {
  expect(read(value)).toBe(expected)
})

test.each(['Tue, 24 Nov 2026 12:00:30 GMT', 'Tuesday, 24-Nov-26 12:00:30 GMT', 'Tue Nov 24 12:00:30 2026'])(
  'the date %j is waited for',
  (value) => {
    expect(read(value)).toBe(30_000)
  },
)

test('a date is compared with the clock of the service, because the clock of the device may be wrong', () => {
  expect(read('Tue, 24 Nov 2026 18:00:05 GMT', 'Tue, 24 Nov 2026 18:00:00 GMT')).toBe(5_000)
})

test('a date in the past asks for no wait', () => {
  expect(read('Tue, 24 Nov 2026 11:00:00 GMT')).toBe(0)
})

test.each([null, '', 'soon', '-5', '1e9', 'NaN', '5, 10', 'Tue, 99 Foo 2026 12:00:30 GMT'])(
  'nonsense %j counts as not said',
  (value) => {
    expect(read(value)).toBeNull()
  },
)
