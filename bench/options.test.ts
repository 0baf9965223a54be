import { expect, test } from 'vitest'
import { readOptions, sectionNames } from './options.ts'

test('all parts are measured unless some are named', () => {
  expect(readOptions([])).toEqual({ quick: false, only: sectionNames, out: 'bench-results.json' })
  expect(readOptions(['--quick', '--only', 'replay', '--only', 'import', '--out', 'x.json'])).toEqual({
    quick: true,
    only: ['replay', 'import'],
    out: 'x.json',
  })
})

test('an unknown part or option is refused', () => {
  expect(() => readOptions(['--only', 'nothing'])).toThrow('no part called nothing')
  expect(() => readOptions(['--fast'])).toThrow(TypeError)
})
