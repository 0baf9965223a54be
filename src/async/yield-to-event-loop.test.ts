import { afterEach, expect, test, vi } from 'vitest'
import { yieldToEventLoop } from './yield-to-event-loop.ts'

afterEach(() => vi.unstubAllGlobals())

/** Which tasks have run when the yield is over: the one queued before it, and the one queued after it. */
const yieldWith = async (globals: Readonly<Record<string, unknown>>) => {
  const { setImmediate } = globalThis
  const timeouts = vi.fn()
  vi.stubGlobal('setTimeout', timeouts)
  for (const [name, value] of Object.entries(globals)) vi.stubGlobal(name, value)
  let hadTurn = false
  setImmediate(() => (hadTurn = true))
  let microtasks = 0
  const count = () => {
    microtasks++
  }
  const counted = Promise.resolve().then(count).then(count)
  await yieldToEventLoop()
  await counted
  expect(timeouts).not.toHaveBeenCalled()
  return { hadTurn, microtasks }
}

test('setImmediate is used where it is', async () => {
  expect(await yieldWith({ MessageChannel: undefined })).toEqual({ hadTurn: true, microtasks: 2 })
})

test('scheduler.yield is not used: its tasks go before the frames of a page', async () => {
  const scheduler = { yield: vi.fn() }
  await yieldWith({ scheduler, setImmediate: undefined })
  expect(scheduler.yield).not.toHaveBeenCalled()
})

test('tasks that wait at the same time continue one per turn, in order', async () => {
  const turns: string[] = []
  let isOver = false
  const nextTurn = () => {
    turns.push('other tasks')
    if (!isOver) setImmediate(nextTurn)
  }
  const work = async (name: string) => {
    for (let slice = 1; slice <= 2; slice++) {
      await yieldToEventLoop()
      turns.push(`${name}${slice}`)
    }
  }
  setImmediate(nextTurn)
  await Promise.all(['a', 'b', 'c'].map(work))
  isOver = true
  expect(turns.filter((name) => name !== 'other tasks')).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2'])
  for (const [index, name] of turns.entries())
    if (name !== 'other tasks') expect(turns[index - 1]).toBe('other tasks')
})

test('a message is used if the runtime has neither', async () => {
  const turns = await yieldWith({ scheduler: undefined, setImmediate: undefined })
  expect(turns.microtasks).toBe(2)
})

test('a message lets earlier messages go first, and leaves no port open', async () => {
  vi.stubGlobal('setImmediate', undefined)
  const { port1, port2 } = new MessageChannel()
  const received = vi.fn()
  port1.onmessage = received
  port2.postMessage(null)
  for (let turn = 0; turn < 10 && received.mock.calls.length === 0; turn++) await yieldToEventLoop()
  port1.close()
  expect(received).toHaveBeenCalledOnce()
})
