import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startAwakeTimer } from './awake-timer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** All due timers run once, as after a sleep; those that they start have yet to pass. */
const wakeUp = () => vi.runOnlyPendingTimers()

test('is due after its time', () => {
  let calls = 0
  startAwakeTimer(20_000, () => calls++)
  vi.advanceTimersByTime(19_999)
  expect(calls).toBe(0)
  vi.advanceTimersByTime(1)
  expect(calls).toBe(1)
  vi.advanceTimersByTime(100_000)
  expect(calls).toBe(1)
})

test('a sleep in the middle takes a small part of the time', () => {
  let calls = 0
  startAwakeTimer(20_000, () => calls++)
  vi.advanceTimersByTime(3_000)
  wakeUp()
  vi.advanceTimersByTime(14_000)
  expect(calls).toBe(0)
  vi.advanceTimersByTime(3_000)
  expect(calls).toBe(1)
})

test('is not due once it is stopped, after any slice', () => {
  let calls = 0
  const stop = startAwakeTimer(20_000, () => calls++)
  vi.advanceTimersByTime(12_000)
  stop()
  vi.advanceTimersByTime(100_000)
  expect(calls).toBe(0)
})

test.each([0, 1, 2_500])('a time of %i ms is one slice', (milliseconds) => {
  let calls = 0
  startAwakeTimer(milliseconds, () => calls++)
  vi.advanceTimersByTime(milliseconds)
  expect(calls).toBe(1)
})
