import { expect, test } from 'vitest'
import { PositionConflict } from '../../ports/event-store.ts'
import { CONFLICT_LIMIT, retryOnConflict } from './retry-on-conflict.ts'

/** An append that meets so many conflicts first. */
const conflicting = (conflicts: number) => {
  const done: ('append' | 'catch up')[] = []
  const append = async () => {
    done.push('append')
    if (done.filter((step) => step === 'append').length <= conflicts) throw new PositionConflict('first')
    return 'appended'
  }
  return { done, append, catchUp: async () => done.push('catch up') }
}

test('reads on after each conflict, and appends on what it read', async () => {
  const { done, append, catchUp } = conflicting(2)
  expect(await retryOnConflict(append, catchUp)).toBe('appended')
  expect(done).toEqual(['append', 'catch up', 'append', 'catch up', 'append'])
})

test('gets through at the last try', async () => {
  const { append, catchUp } = conflicting(CONFLICT_LIMIT - 1)
  expect(await retryOnConflict(append, catchUp)).toBe('appended')
})

test('says storage-busy at the twentieth conflict, in less than half a second', async () => {
  const { done, append, catchUp } = conflicting(Infinity)
  const start = performance.now()
  await expect(retryOnConflict(append, catchUp)).rejects.toMatchObject({
    name: 'ImportFailure',
    code: 'storage-busy',
  })
  expect(done.filter((step) => step === 'append')).toHaveLength(20)
  // The promise is 306 ms at most; the rest is for slow machines.
  expect(performance.now() - start).toBeLessThan(2_000)
})

test('other work goes on between two tries', async () => {
  const { done, append, catchUp } = conflicting(Infinity)
  const seen: number[] = []
  const timer = setInterval(() => seen.push(done.length), 1)
  await expect(retryOnConflict(append, catchUp)).rejects.toThrow()
  clearInterval(timer)
  expect(new Set(seen).size).toBeGreaterThan(3)
})

test('passes on every other error at once', async () => {
  const full = new Error('disk full')
  await expect(
    retryOnConflict(
      () => Promise.reject(full),
      () => expect.unreachable(),
    ),
  ).rejects.toBe(full)
})
