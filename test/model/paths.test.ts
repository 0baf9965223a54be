import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import { createTestModel } from 'xstate/graph'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { modelEvents } from '../../src/testing/account-model.ts'
import { scriptedWorld } from './scripted-world.ts'
import { storages } from './storages.ts'
import { allTransitions, transitionsOf } from './transitions.ts'
import { walk } from './walk.ts'
import type { ModelStep } from './walk.ts'

const start = createActor(linkedAccount).getSnapshot()
const paths = createTestModel(linkedAccount, {
  events: modelEvents,
  filterEvents: (state, event) => state.can(event),
})
  .getShortestPaths()
  // The first step of a generated path is XState's own initial event.
  .map(({ steps }) => steps.slice(1) as readonly ModelStep[])

describe.each(['memory', 'sqlite'] as const)('on the %s store', (store) => {
  const replayed = new Set<string>()
  test.each(paths.map((steps) => [steps.map(({ event }) => event.type).join(' > '), steps] as const))(
    '%s',
    async (_, steps) => {
      const world = await scriptedWorld(await storages[store]())
      try {
        await walk(steps, world, replayed)
      } finally {
        await world.close()
      }
    },
  )
})

test('every state and every transition is on some path', () => {
  const states = new Set(paths.flatMap((steps) => steps.map(({ state }) => state.value)))
  expect([...states].sort()).toEqual(Object.keys(linkedAccount.states).sort())
  const taken = new Set(paths.flatMap((steps) => transitionsOf(start, steps)))
  expect([...taken].sort()).toEqual(allTransitions().sort())
})
