import { createTestModel as createBetaTestModel } from '@xstate/test'
import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import { createTestModel } from 'xstate/graph'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import type { AccountEvent, AccountSnapshot } from '../../src/machines/linked-account.ts'
import { modelEvents } from '../../src/testing/account-model.ts'
import { scriptedWorld } from './scripted-world.ts'
import { allTransitions, transitionsOf } from './transitions.ts'
import { walk } from './walk.ts'
import type { ModelStep } from './walk.ts'

const start = createActor(linkedAccount).getSnapshot()
const pathsOf = (
  paths: readonly { readonly steps: readonly unknown[] }[],
): readonly (readonly ModelStep[])[] =>
  // The first step of a generated path is XState's own initial event.
  paths.map(({ steps }) => (steps as readonly ModelStep[]).slice(1))
const title = (steps: readonly ModelStep[]) => steps.map(({ event }) => event.type).join(' > ')

const isTaken = (snapshot: AccountSnapshot, event: AccountEvent) => snapshot.can(event)

const walkAll = (paths: readonly (readonly ModelStep[])[]) => {
  test.each(paths.map((steps) => [title(steps), steps] as const))('%s', async (_, steps) => {
    const world = await scriptedWorld()
    try {
      await walk(steps, world)
    } finally {
      await world.close()
    }
  })
  test('every state and every transition is on some path', () => {
    const states = new Set(paths.flatMap((steps) => steps.map(({ state }) => state.value)))
    expect([...states].sort()).toEqual(Object.keys(linkedAccount.states).sort())
    const taken = new Set(paths.flatMap((steps) => transitionsOf(start, steps)))
    expect([...taken].sort()).toEqual(allTransitions().sort())
  })
}

describe('paths of xstate/graph', () => {
  walkAll(
    pathsOf(
      createTestModel(linkedAccount, { events: modelEvents, filterEvents: isTaken }).getShortestPaths(),
    ),
  )
})

describe('paths of @xstate/test', () => {
  // The package that the product was specified with. It filters by the state after the event, and tries all of
  // them first; that is why modelEvents lists every type.
  const filter = (_: unknown, event: AccountEvent) =>
    event.attempt !== null || event.type === 'account.signed-out'
  walkAll(pathsOf(createBetaTestModel(linkedAccount, { events: modelEvents, filter }).getShortestPaths()))
})
