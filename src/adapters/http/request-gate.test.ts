import { expect, test } from 'vitest'
import { createFence } from './request-gate.ts'
import { systemTimers } from './timers.ts'

const never = new AbortController().signal
const soon = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('lets in as many as there are places, and the next one when a place is given back', async () => {
  const fence = createFence(2, systemTimers)
  const leave = await fence.enter(never)
  await fence.enter(never)
  let third = false
  const entering = fence.enter(never).then(() => (third = true))
  await soon()
  expect(third).toBe(false)
  leave()
  await entering
  expect(third).toBe(true)
})

test('an aborted one in line does not take the place of the next', async () => {
  const fence = createFence(1, systemTimers)
  const leave = await fence.enter(never)
  const gone = new AbortController()
  const first = fence.enter(gone.signal)
  const second = fence.enter(never)
  gone.abort(new Error('over'))
  await expect(first).rejects.toThrow('over')
  leave()
  await second
})

test('a pause keeps everybody out until it is over, and is never shortened', async () => {
  const fence = createFence(3, systemTimers)
  const until = Date.now() + 80
  fence.pause(until)
  fence.pause(until - 60)
  await Promise.all([fence.enter(never), fence.enter(never)])
  expect(Date.now()).toBeGreaterThanOrEqual(until)
})

test('an abort ends the wait for a pause at once', async () => {
  const fence = createFence(3, systemTimers)
  fence.pause(Date.now() + 60_000)
  const over = new AbortController()
  const entering = fence.enter(over.signal)
  over.abort(new Error('over'))
  await expect(entering).rejects.toThrow('over')
})
