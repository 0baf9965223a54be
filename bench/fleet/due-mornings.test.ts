import { describe, expect, test } from 'vitest'
import { afterRollOut, dueMornings, onOrdinaryMorning } from './due-mornings.ts'

test('a device lists again six to nine days after its last listing', () => {
  for (let device = 0; device < 100; device++) {
    const due = dueMornings([{ installed: device / 100, name: `store ${device}` }], 40)
    const mornings = due.flatMap((count, morning) => (count > 0 ? [morning] : []))
    expect(mornings.length).toBeGreaterThan(3)
    let last = device / 100
    for (const morning of mornings) {
      expect(morning - last).toBeGreaterThanOrEqual(6)
      expect(morning - last).toBeLessThan(9)
      last = morning
    }
  }
})

describe('after a roll-out in one minute', () => {
  test('half of the devices list on each of two mornings', () => {
    const due = afterRollOut(1000, 14)
    expect(due.flatMap((count, day) => (count > 0 ? [day] : []))).toEqual([7, 8])
    for (const day of [7, 8]) expect(Math.abs((due[day] ?? 0) - 500)).toBeLessThan(50)
  })

  test('the devices drift apart, and are never all due on one morning again', () => {
    const due = afterRollOut(1000, 200)
    expect(Math.max(...due.slice(24, 100))).toBeLessThan(450)
    expect(Math.max(...due.slice(100))).toBeLessThan(270)
  })
})

test('on an ordinary morning, one device in seven and a half is due', () => {
  expect(onOrdinaryMorning(100_000) / 100_000).toBeCloseTo(1 / 7.5, 2)
})
