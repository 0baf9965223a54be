import { expect, test } from 'vitest'
import { createRequestGate } from './request-gate.ts'
import { systemTimers } from './timers.ts'

const never = new AbortController().signal
const soon = (milliseconds = 20) => new Promise((resolve) => setTimeout(resolve, milliseconds))

test('lets in as many requests as there are places, and the next one when a place becomes free', async () => {
  const gate = createRequestGate(2, systemTimers)
  const leave = await gate.enter(never)
  await gate.enter(never)
  let third = false
  const entering = gate.enter(never).then(() => (third = true))
  await soon()
  expect(third).toBe(false)
  leave()
  await entering
  expect(third).toBe(true)
})

test('a queued request that is aborted does not take the place of the next one', async () => {
  const gate = createRequestGate(1, systemTimers)
  const leave = await gate.enter(never)
  const gone = new AbortController()
  const first = gate.enter(gone.signal)
  const second = gate.enter(never)
  gone.abort(new Error('over'))
  await expect(first).rejects.toThrow('over')
  leave()
  await second
})

test('a pause stops all requests until it is over, and is never shortened', async () => {
  const gate = createRequestGate(3, systemTimers)
  const until = Date.now() + 80
  gate.pause(until)
  gate.pause(until - 60)
  await Promise.all([gate.enter(never), gate.enter(never)])
  expect(Date.now()).toBeGreaterThanOrEqual(until)
})

test('an abort ends the wait for a pause at once', async () => {
  const gate = createRequestGate(3, systemTimers)
  gate.pause(Date.now() + 60_000)
  const over = new AbortController()
  const entering = gate.enter(over.signal)
  over.abort(new Error('over'))
  await expect(entering).rejects.toThrow('over')
})
