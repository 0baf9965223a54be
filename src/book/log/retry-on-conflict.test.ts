import { expect, test } from 'vitest'
import { PositionConflict } from '../../ports/event-store.ts'
import { CONFLICT_LIMIT, retryOnConflict } from './retry-on-conflict.ts'

/** An append that succeeds after the given number of conflicts. */
const conflicting = (conflicts: number) => {
  const done: ('append' | 'catch up')[] = []
  const append = async () => {
    done.push('append')
    if (done.filter((step) => step === 'append').length <= conflicts) throw new PositionConflict('first')
    return 'appended'
  }
  return { done, append, catchUp: async () => done.push('catch up') }
}

test('reads the new events after each conflict, and appends after them', async () => {
  const { done, append, catchUp } = conflicting(2)
  expect(await retryOnConflict(append, catchUp)).toBe('appended')
  expect(done).toEqual(['append', 'catch up', 'append', 'catch up', 'append'])
})

test('succeeds at the last try', async () => {
  const { append, catchUp } = conflicting(CONFLICT_LIMIT - 1)
  expect(await retryOnConflict(append, catchUp)).toBe('appended')
})

test('fails with storage-busy at the twentieth conflict, in less than half a second', async () => {
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

test('other work runs between two tries', async () => {
  const { done, append, catchUp } = conflicting(Infinity)
  const seen: number[] = []
  const timer = setInterval(() => seen.push(done.length), 1)
  await expect(retryOnConflict(append, catchUp)).rejects.toThrow()
  clearInterval(timer)
  expect(new Set(seen).size).toBeGreaterThan(3)
})

test('rethrows every other error immediately', async () => {
  const full = new Error('disk full')
  await expect(
    retryOnConflict(
      () => Promise.reject(full),
      () => expect.unreachable(),
    ),
  ).rejects.toBe(full)
})
