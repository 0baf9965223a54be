import { expect, test } from 'vitest'
import { createActor } from 'xstate'
import type { Fact } from '../domain/events.ts'
import { fact, story } from '../testing/sample-facts.ts'
import { accountState, dueTask, isBusy } from './account-state.ts'
import { linkedAccount } from './linked-account.ts'
import type { AccountEvent } from './linked-account.ts'

const snapshotAfter = (facts: readonly Fact[]) => {
  const actor = createActor(linkedAccount).start()
  for (const { type, attempt, data } of facts) actor.send({ type, attempt, data, time: '' } as AccountEvent)
  return actor.getSnapshot()
}

test.each([
  ['idle', [], false, null],
  ['consenting', story.consenting, true, { type: 'signIn', attempt: 'a1' }],
  ['fetching', story.fetching, true, { type: 'fetch', attempt: 'a1' }],
  ['imported', story.imported, false, null],
  ['capped', story.capped, false, null],
  ['failed', story.failed, false, null],
  ['cancelled', story.cancelled, false, null],
] as const)('%s: whether an attempt is under way, and its task', (state, facts, busy, task) => {
  const snapshot = snapshotAfter(facts)
  expect(snapshot.value).toBe(state)
  expect(accountState(snapshot)).toEqual({ state, context: snapshot.context })
  expect(isBusy(accountState(snapshot))).toBe(busy)
  expect(snapshot.hasTag('busy')).toBe(busy)
  expect(dueTask(snapshot)).toEqual(task)
})

test('the task of a refresh is that of its own attempt', () => {
  const refreshing = snapshotAfter([...story.imported, fact.requested('refresh', 'a2', 2)])
  expect(dueTask(refreshing)).toEqual({ type: 'fetch', attempt: 'a2' })
})
