import { createTestModel } from '@xstate/test'
import { expect, test } from 'vitest'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import type { AccountEvent, AccountSnapshot } from '../../src/machines/linked-account.ts'
import { modelEvents } from '../../src/testing/account-model.ts'
import { covering, isVain, modelPath } from '../../src/testing/model-paths.ts'
import { allTransitions, transitionsOf, type GeneratedStep } from '../../src/testing/transitions.ts'
import { sandboxWorld } from './sandbox-world.ts'
import { walk } from './walk.ts'

// The package that the product was specified with. It filters by the state after an event and tries every event
// first, so modelEvents lists every type, and events that lead to nothing are marked.
const marked = (state: AccountSnapshot) =>
  modelEvents(state).map((event) => (isVain(state, event) ? { ...event, time: '' } : event))
const filter = (_: unknown, event: AccountEvent) =>
  (event.attempt !== null || event.type === 'account.signed-out') && event.time !== ''
const paths = createTestModel(linkedAccount, { events: marked, filter })
  .getShortestPaths()
  .map(({ steps }) => modelPath(steps.slice(1) as readonly GeneratedStep[]))
  // The sandbox world lists completely; changes come from delta links only.
  .filter(({ steps }) => steps.every(({ event }) => event.type !== 'changes.fetched'))

/** Few paths that take every transition: real parts are slow, and the scripted world walks all paths. */
const chosen = covering(paths)

test.each(chosen.map((path) => [path.name, path] as const))('%s', async (_, path) => {
  const world = await sandboxWorld()
  try {
    await walk(path, world)
  } finally {
    await world.close()
  }
})

test('every state and every transition but that of changes is on some path', () => {
  const steps = chosen.map((path) => path.steps)
  const states = new Set(steps.flat().map(({ state }) => state.value))
  expect([...states].sort()).toEqual(Object.keys(linkedAccount.states).sort())
  const wanted = allTransitions().filter((transition) => transition !== 'fetching changes.fetched 0')
  expect([...new Set(steps.flatMap(transitionsOf))].sort()).toEqual(wanted.sort())
})
