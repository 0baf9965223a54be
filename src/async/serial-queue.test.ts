import { expect, test } from 'vitest'
import { SerialQueue } from './serial-queue.ts'

test('jobs run one after the other, in the order of arrival', async () => {
  const queue = new SerialQueue()
  const order: string[] = []
  const job = (name: string) => async () => {
    order.push(`${name} begins`)
    await Promise.resolve()
    order.push(`${name} ends`)
  }
  await Promise.all([queue.run(job('a')), queue.run(job('b'))])
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

test('an urgent job overtakes the waiting jobs, but not the running one', async () => {
  const queue = new SerialQueue()
  const order: string[] = []
  const first = queue.run(async () => {
    await new Promise((resolve) => setImmediate(resolve))
    order.push('running')
  })
  await Promise.resolve()
  await Promise.resolve()
  const waiting = queue.run(async () => void order.push('waiting'))
  const urgent = queue.run(async () => void order.push('urgent'), { urgent: true })
  await Promise.all([first, waiting, urgent])
  expect(order).toEqual(['running', 'urgent', 'waiting'])
})

test('a job that fails does not stop the others', async () => {
  const queue = new SerialQueue()
  const failing = queue.run(() => Promise.reject(new Error('no')))
  const other = queue.run(async () => 'yes')
  await expect(failing).rejects.toThrow('no')
  expect(await other).toBe('yes')
  await queue.idle()
})

test('a job that throws synchronously does not stop the others either', async () => {
  const queue = new SerialQueue()
  const failing = queue.run((): Promise<void> => {
    throw new Error('no')
  })
  const other = queue.run(async () => 'yes')
  await expect(failing).rejects.toThrow('no')
  expect(await other).toBe('yes')
})
