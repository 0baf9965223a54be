import { describe, expect, test } from 'vitest'
import { afterRollOut, dueMornings, onOrdinaryMorning } from './due-mornings.ts'

test('a device lists on the first morning on which its period of six to eight days is over', () => {
  const morningsOf = (installed: number, share: number) =>
    dueMornings([{ installed, share }], 20).flatMap((count, morning) => Array<number>(count).fill(morning))
  expect(morningsOf(0, 0)).toEqual([6, 12, 18])
  expect(morningsOf(0, 0.25)).toEqual([7, 14])
  expect(morningsOf(0, 0.75)).toEqual([8, 16])
  expect(morningsOf(0.5, 0.5)).toEqual([8, 15])
})

describe('after a roll-out in one minute', () => {
  test('half of the devices list on each of two mornings', () => {
    expect(afterRollOut(1000, 14).map((count, day) => [day, count])).toEqual(
      Array.from({ length: 14 }, (_, day) => [day, day === 7 || day === 8 ? 500 : 0]),
    )
  })

  test('all are due together again on the 56th morning', () => {
    const due = afterRollOut(1000, 57)
    expect(due[56]).toBe(1000)
    expect(Math.max(...due.slice(0, 56))).toBe(500)
  })
})

test('on an ordinary morning, one device in seven and a half is due', () => {
  expect(onOrdinaryMorning(100_000) / 100_000).toBeCloseTo((1 / 7 + 1 / 8) / 2, 3)
})
