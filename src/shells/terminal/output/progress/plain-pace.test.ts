import { expect, it } from 'vitest'
import { PlainPace } from './plain-pace.ts'

it('prints plain lines when the kind changes, and at most every ten seconds while it stays or alternates', () => {
  const pace = new PlainPace()
  const lines: readonly [string, string, number][] = [
    ['Looking for contacts…', 'fetching', 0],
    ['500 contacts', 'fetching', 1_000],
    ['900 contacts', 'fetching', 9_999],
    ['1,000 contacts', 'fetching', 10_000],
    ['1,000 contacts · Microsoft asked us to wait 12 s', 'throttled', 10_500],
    ['1,200 contacts', 'fetching', 11_000],
    ['1,201 contacts · Microsoft asked us to wait 1 s', 'throttled', 11_500],
    ['1,300 contacts', 'fetching', 31_000],
    ['', '', 32_000],
  ]
  expect(lines.filter((line) => pace.isDue(...line)).map(([line]) => line)).toEqual([
    'Looking for contacts…',
    '1,000 contacts',
    '1,000 contacts · Microsoft asked us to wait 12 s',
    '1,300 contacts',
  ])
})
