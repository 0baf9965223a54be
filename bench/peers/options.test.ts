import { expect, test } from 'vitest'
import { partNames, readOptions } from './options.ts'

test('all parts are compared unless some are named', () => {
  expect(readOptions([])).toEqual({
    quick: false,
    only: partNames,
    faults: [],
    limit: 45,
    out: 'bench-peers-results.json',
  })
  expect(
    readOptions(['--only', 'faults', '--fault', '500', '--limit', '1.5', '--out', 'x', '--quick']),
  ).toEqual({ quick: true, only: ['faults'], faults: ['500'], limit: 1.5, out: 'x' })
})

test.each([
  [['--only', 'import']],
  [['--fault', '418']],
  [['--limit', 'soon']],
  [['--limit', '0']],
  [['--fast']],
])('%j is refused', (args) => {
  expect(() => readOptions(args)).toThrow(TypeError)
})
