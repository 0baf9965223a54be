import { expect, test } from 'vitest'
import { virtualTime } from './virtual-time.ts'

const never = new AbortController().signal

test('time advances only after everything that was due has happened', async () => {
  const time = virtualTime(1_000, () => 0.5)
  const seen: string[] = []
  const wait = async (name: string, milliseconds: number) => {
    await time.timers.wait(milliseconds, never)
    seen.push(`${name} at ${time.timers.now()}`)
  }
  const twice = async () => {
    await wait('first', 20)
    await wait('at once', 0)
    await wait('second', 9.5)
  }
  void twice()
  void wait('between', 25)
  await time.run()
  expect(seen).toEqual(['first at 1020', 'at once at 1020', 'between at 1025', 'second at 1030'])
  expect(time.elapsed()).toBe(30)
})

test('a wait that was aborted ends with the reason', async () => {
  const time = virtualTime(0, () => 0.5)
  const over = new AbortController()
  const waiting = expect(time.timers.wait(10, over.signal)).rejects.toThrow('over')
  over.abort(new Error('over'))
  await time.run()
  await waiting
})
