import { expect, test } from 'vitest'
import { folds } from './folds.ts'
import { histories } from './histories.ts'

test.each([1, 2, 20, 45, 60, 63, 90, 700])('all ways to fold %i envelopes give the same state', (count) => {
  const envelopes = histories(count)
  expect(envelopes.length).toBe(count)
  const [first, ...others] = Object.values(folds).map((fold) => fold(envelopes))
  for (const other of others) expect(other).toEqual(first)
})

test('the histories have attempts that were completed, cancelled and failed', () => {
  const types = new Set(histories(100).map(({ type }) => type))
  expect(types).toContain('attempt.completed')
  expect(types).toContain('attempt.cancelled')
  expect(types).toContain('attempt.failed')
})
