import { createTestModel } from '@xstate/test'
import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import type { AccountEvent } from '../../src/machines/linked-account.ts'
import { modelEvents } from '../../src/testing/account-model.ts'
import { sandboxWorld } from './sandbox-world.ts'
import { allTransitions, transitionsOf } from './transitions.ts'
import { walk } from './walk.ts'
import type { ModelStep } from './walk.ts'

const start = createActor(linkedAccount).getSnapshot()
// The package that the product was specified with. It filters by the state after an event and tries every event
// first, so modelEvents lists every type.
const filter = (_: unknown, event: AccountEvent) =>
  event.attempt !== null || event.type === 'account.signed-out'
const paths = createTestModel(linkedAccount, { events: modelEvents, filter })
  .getShortestPaths()
  .map(({ steps }): readonly ModelStep[] => steps.slice(1) as readonly ModelStep[])
  // The sandbox world lists completely; changes come from delta links only.
  .filter((steps) => steps.every(({ event }) => event.type !== 'changes.fetched'))

/** Few paths that take every transition: real parts are slow, and the scripted world walks all paths. */
const covering = (candidates: readonly (readonly ModelStep[])[]): readonly (readonly ModelStep[])[] => {
  const chosen: (readonly ModelStep[])[] = []
  const taken = new Set<string>()
  const gain = (steps: readonly ModelStep[]) =>
    new Set(transitionsOf(start, steps).filter((transition) => !taken.has(transition))).size
  for (;;) {
    const best = candidates.reduce((a, b) => (gain(b) > gain(a) ? b : a))
    if (gain(best) === 0) return chosen
    chosen.push(best)
    for (const transition of transitionsOf(start, best)) taken.add(transition)
  }
}

const chosen = covering(paths)

test.each(chosen.map((steps) => [steps.map(({ event }) => event.type).join(' > '), steps] as const))(
  '%s',
  async (_, steps) => {
    const world = await sandboxWorld()
    try {
      await walk(steps, world)
    } finally {
      await world.close()
    }
  },
)

test('every state and every transition but that of changes is on some path', () => {
  const states = new Set(chosen.flatMap((steps) => steps.map(({ state }) => state.value)))
  expect([...states].sort()).toEqual(Object.keys(linkedAccount.states).sort())
  const taken = new Set(chosen.flatMap((steps) => transitionsOf(start, steps)))
  const wanted = allTransitions().filter((transition) => transition !== 'fetching changes.fetched 0')
  expect([...taken].sort()).toEqual(wanted.sort())
})
