import { afterEach, expect, test, vi } from 'vitest'
import { SharedTurn } from './shared-turn.ts'

afterEach(() => vi.restoreAllMocks())

test('a turn is over after six milliseconds, and the next one has as long', async () => {
  let now = 0
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  const turn = new SharedTurn()
  now = 5
  expect(turn.isOver).toBe(false)
  now = 6
  expect(turn.isOver).toBe(true)
  await turn.next()
  expect(turn.isOver).toBe(false)
})
