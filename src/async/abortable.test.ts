import { expect, test } from 'vitest'
import { abortable } from './abortable.ts'

const never = () => new Promise<never>(() => undefined)

test('all who wait with one signal learn that it aborts, and the reason', async () => {
  const controller = new AbortController()
  const waits = [abortable(never(), controller.signal), abortable(never(), controller.signal)]
  controller.abort(new Error('over'))
  waits.push(abortable(never(), controller.signal))
  expect(await Promise.allSettled(waits)).toEqual(
    waits.map(() => ({ status: 'rejected', reason: new Error('over') })),
  )
})

test('what settles first counts', async () => {
  const controller = new AbortController()
  expect(await abortable(Promise.resolve('done'), controller.signal)).toBe('done')
  await expect(abortable(Promise.reject(new Error('failed')), controller.signal)).rejects.toThrow('failed')
  controller.abort()
})

test('Node takes many who wait with one signal for no leak', async () => {
  const { signal } = new AbortController()
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  for (let wait = 0; wait < 20; wait++) void abortable(never(), signal)
  // A warning is emitted in a later turn.
  await new Promise((resolve) => setImmediate(resolve))
  process.off('warning', note)
  expect(warnings).toEqual([])
})
