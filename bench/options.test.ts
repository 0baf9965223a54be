import { expect, test } from 'vitest'
import { readOptions, sectionNames } from './options.ts'

test('everything is measured unless one asks for parts', () => {
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
