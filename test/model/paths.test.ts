import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { scriptedWorld } from './scripted-world.ts'
import { nameOf, shortestPaths } from './shortest-paths.ts'
import { storages } from './storages.ts'
import { allTransitions, transitionsOf } from './transitions.ts'
import { walk } from './walk.ts'

describe.each(['memory', 'sqlite'] as const)('on the %s store', (store) => {
  const replayed = new Set<string>()
  test.each(shortestPaths.map((steps) => [nameOf(steps), steps] as const))('%s', async (_, steps) => {
    const world = await scriptedWorld(await storages[store]())
    try {
      await walk(steps, world, replayed)
    } finally {
      await world.close()
    }
  })
})

test('every state and every transition is on some path', () => {
  const start = createActor(linkedAccount).getSnapshot()
  const states = new Set(shortestPaths.flatMap((steps) => steps.map(({ state }) => state.value)))
  expect([...states].sort()).toEqual(Object.keys(linkedAccount.states).sort())
  const taken = new Set(shortestPaths.flatMap((steps) => transitionsOf(start, steps)))
  expect([...taken].sort()).toEqual(allTransitions().sort())
})
