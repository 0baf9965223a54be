import { describe, expect, test } from 'vitest'
import { linkedAccount } from '../../src/machines/linked-account.ts'
import { pathsOf } from '../../src/testing/model-paths.ts'
import { allTransitions, transitionsOf } from '../../src/testing/transitions.ts'
import { isSoak, soakTurn } from '../soak.ts'
import { scriptedWorld } from './scripted-world.ts'
import { storages } from './storages.ts'
import { walk } from './walk.ts'

const paths = pathsOf(linkedAccount)

describe.each(['memory', 'sqlite'] as const)('on the %s store', (store) => {
  const replayed = new Set<string>()
  // The stores pass one contract: SQLite has the paths that cover all transitions, and both have all paths in a soak.
  const walked =
    store === 'memory' ? soakTurn(paths, 2, 0) : isSoak ? paths : pathsOf(linkedAccount, 'covering')
  test.each(walked.map((path) => [path.name, path] as const))('%s', async (_, path) => {
    const world = await scriptedWorld(await storages[store]())
    try {
      await walk(path, world, replayed)
    } finally {
      await world.close()
    }
  })
})

test.each(['all', 'covering'] as const)('every state and every transition is on some path of %s', (which) => {
  const steps = pathsOf(linkedAccount, which).map((path) => path.steps)
  const states = new Set(steps.flat().map(({ state }) => state.value))
  expect([...states].sort()).toEqual(Object.keys(linkedAccount.states).sort())
  expect([...new Set(steps.flatMap(transitionsOf))].sort()).toEqual(allTransitions().sort())
})

test('the covering paths are few', () => {
  expect(pathsOf(linkedAccount, 'covering').length).toBeLessThan(paths.length / 5)
})
