import { expect, test } from 'vitest'
import { withTimeout } from './with-timeout.ts'

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

test('aborts work that takes too long, with a TimeoutError as the reason', async () => {
  await expect(withTimeout(5, null, untilAborted)).rejects.toMatchObject({ name: 'TimeoutError' })
})

test('aborts work that is no longer wanted, with the reason of the signal', async () => {
  const controller = new AbortController()
  const working = withTimeout(60_000, controller.signal, untilAborted)
  controller.abort(new Error('cancelled'))
  await expect(working).rejects.toThrow('cancelled')
  await expect(withTimeout(60_000, controller.signal, untilAborted)).rejects.toThrow('cancelled')
})

test('does not abort work that finishes in time', async () => {
  let given: AbortSignal | undefined
  expect(await withTimeout(5, null, async (signal) => ((given = signal), 'done'))).toBe('done')
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(given?.aborted).toBe(false)
})

test('does not wait for work that ignores the signal', async () => {
  const stuck = () => new Promise<never>(() => undefined)
  await expect(withTimeout(5, null, stuck)).rejects.toMatchObject({ name: 'TimeoutError' })
  const controller = new AbortController()
  const working = withTimeout(60_000, controller.signal, stuck)
  controller.abort(new Error('cancelled'))
  await expect(working).rejects.toThrow('cancelled')
})
