import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startAwakeTimer } from './awake-timer.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Runs each pending timer once, as a device does when it wakes up. The timers that these start stay pending. */
const wakeUp = () => vi.runOnlyPendingTimers()

const started = (milliseconds: number) => {
  const due = vi.fn()
  return { due, stop: startAwakeTimer(milliseconds, due) }
}

test('calls back once, after its time', () => {
  const { due } = started(20_000)
  vi.advanceTimersByTime(19_999)
  expect(due).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(due).toHaveBeenCalledOnce()
  vi.advanceTimersByTime(100_000)
  expect(due).toHaveBeenCalledOnce()
})

test('a sleep in between uses up only a small part of the time', () => {
  const { due } = started(20_000)
  vi.advanceTimersByTime(3_000)
  wakeUp()
  vi.advanceTimersByTime(14_000)
  expect(due).not.toHaveBeenCalled()
  vi.advanceTimersByTime(3_000)
  expect(due).toHaveBeenCalledOnce()
})

test('does not call back once it is stopped, after any slice', () => {
  const { due, stop } = started(20_000)
  vi.advanceTimersByTime(12_000)
  stop()
  vi.advanceTimersByTime(100_000)
  expect(due).not.toHaveBeenCalled()
})

test.each([0, 1, 2_500])('a time of %i ms is one slice', (milliseconds) => {
  const { due } = started(milliseconds)
  vi.advanceTimersByTime(milliseconds)
  expect(due).toHaveBeenCalledOnce()
})
