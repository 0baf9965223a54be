import fc from 'fast-check'
import { expect, test } from 'vitest'
import { refreshDelay } from './refresh-delay.ts'

test('a delay is a whole number of milliseconds within the window', () => {
  const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  fc.assert(
    fc.property(chance, fc.integer({ min: 1, max: 86_400_000 }), (random, window) => {
      const delay = refreshDelay(random, window)
      expect(Number.isInteger(delay) && delay >= 0 && delay < window).toBe(true)
    }),
  )
})

test('devices are spread evenly over the five minutes', () => {
  const minutes = [0, 0, 0, 0, 0]
  for (let device = 0; device < 1000; device++) {
    const minute = Math.floor(refreshDelay(device / 1000) / 60_000)
    minutes[minute] = (minutes[minute] ?? 0) + 1
  }
  expect(minutes).toEqual([200, 200, 200, 200, 200])
})

test('without a window there is no delay', () => {
  expect(refreshDelay(0.9, 0)).toBe(0)
})
