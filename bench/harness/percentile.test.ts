import { expect, test } from 'vitest'
import { median, percentile } from './percentile.ts'

test('a percentile is interpolated between two values, for values in any order', () => {
  expect(median([3, 1, 2])).toBe(2)
  expect(median([40, 10, 20, 30])).toBe(25)
  expect(percentile([10, 0], 0.9)).toBe(9)
  expect(percentile([1, 2, 3, 10], 1)).toBe(10)
  expect(percentile([7], 0.99)).toBe(7)
  expect(median([])).toBeNaN()
})
