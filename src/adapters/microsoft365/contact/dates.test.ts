import { expect, test } from 'vitest'
import { readDate, readTime } from './dates.ts'

test.each([
  ['1974-07-22', { year: 1974, month: 7, day: 22 }],
  ['1815-12-10T11:59:00Z', { year: 1815, month: 12, day: 10 }],
  ['1990-05-01T00:30:00+14:00', { year: 1990, month: 5, day: 1 }],
  ['1990-12-31T23:59:59.9999999Z', { year: 1990, month: 12, day: 31 }],
  ['2000-02-29', { year: 2000, month: 2, day: 29 }],
])('%s is that day, in whatever zone the device is', (text, expected) => {
  expect(readDate(text)).toEqual(expected)
})

test('1604 stands for a year that was not given', () => {
  expect(readDate('1604-02-29T00:00:00Z')).toEqual({ month: 2, day: 29 })
})

test.each([
  '0001-01-01',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+02:00',
  '0000-12-31T23:00:00Z',
  '1601-01-01T00:00:00Z',
  '1600-12-31T23:00:00Z',
  '4501-01-01T00:00:00Z',
  '4501-01-01T05:00:00-08:00',
  '4500-12-31T23:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
])('%s stands for no birthday', (text) => {
  expect(readDate(text)).toBeUndefined()
})

test('an early or late date without a special meaning is a birthday', () => {
  expect(readDate('1900-01-01')).toEqual({ year: 1900, month: 1, day: 1 })
  expect(readDate('1601-01-02')).toEqual({ year: 1601, month: 1, day: 2 })
})

test.each([
  '0000-01-01',
  '2023-02-29',
  '1604-02-30',
  '1900-02-29',
  '1990-13-01',
  '1990-00-10',
  '1990-04-31',
  '1990-4-3',
  '22.07.1974',
  'datetime-value',
  '',
])('%j is no day', (text) => {
  expect(readDate(text)).toBeNull()
})

test.each([
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00.0000000+02:00',
  '0000-12-31T23:00:00Z',
  '1601-01-01T00:00:00Z',
  '1600-12-31T23:00:00.5Z',
  '4501-01-01T00:00:00Z',
  '9999-12-31T23:59:59.9999999Z',
])('%s stands for no time', (text) => {
  expect(readTime(text)).toBeUndefined()
})

test('any other time is read', () => {
  expect(readTime('2026-01-02T03:04:05Z')).toBe('2026-01-02T03:04:05.000Z')
  expect(readTime('4500-12-30T00:00:00Z')).toBe('4500-12-30T00:00:00.000Z')
  expect(readTime('0001')).toBeNull()
  expect(readTime('9999')).toBeNull()
  expect(readTime('next year')).toBeNull()
})

test.each(['2020-02-30T10:00:00Z', '2020-01-01T10:00:00', '2020-13-01T10:00:00Z', '2020-01-01T'])(
  '%s is no time, whatever `Date` makes of it',
  (text) => {
    expect(readTime(text)).toBeNull()
  },
)

test('a time in another zone, or on a late day of a month, is read', () => {
  expect(readTime('2020-02-29T10:00:00+02:00')).toBe('2020-02-29T08:00:00.000Z')
  expect(readTime('2020-12-31T23:59:59.1234567Z')).toBe('2020-12-31T23:59:59.123Z')
})
