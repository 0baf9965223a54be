import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import type { Envelope } from '../domain/events.ts'
import { eventVariants, situations, titled } from '../testing/account-situations.ts'
import { fact, recorded, story } from '../testing/sample-facts.ts'
import { accountStep, firstSnapshot } from './account-step.ts'
import { linkedAccount } from './linked-account.ts'

describe.each(situations.map((situation) => [titled(situation), situation] as const))(
  'a step from %s',
  (_, { state, context }) => {
    const snapshot = linkedAccount.resolveState({ value: state, context })

    test('is what the running machine does', () => {
      for (const event of eventVariants) {
        const actor = createActor(linkedAccount, { snapshot }).start()
        const step = accountStep(snapshot, event as Envelope)
        expect(step !== null).toBe(actor.getSnapshot().can(event))
        actor.send(event)
        const { value, context } = actor.getSnapshot()
        expect(step?.to ?? state).toBe(value)
        expect(step?.snapshot.context ?? snapshot.context).toEqual(context)
        if (step) expect(step.from).toBe(state)
      }
    })
  },
)

test('a replay of what was recorded tells each transition with its guard', () => {
  let snapshot = firstSnapshot()
  const steps = recorded([...story.imported, fact.requested('refresh', 'a2', 2), fact.signedOut()]).map(
    (event) => {
      const step = accountStep(snapshot, event)
      snapshot = step?.snapshot ?? snapshot
      return step && [event.type, step.from, step.guard, step.to]
    },
  )
  expect(steps).toEqual([
    ['attempt.requested', 'idle', 'isSignIn', 'consenting'],
    ['consent.granted', 'consenting', 'isCurrent', 'fetching'],
    ['contacts.counted', 'fetching', 'isCurrent', 'fetching'],
    ['page.fetched', 'fetching', 'isNextPage', 'fetching'],
    ['attempt.completed', 'fetching', 'isCurrent', 'imported'],
    ['attempt.requested', 'imported', 'isRefreshOfList', 'fetching'],
    ['account.signed-out', 'fetching', null, 'idle'],
  ])
})

test('an event that the machine does not get is no step', () => {
  const checkpoint = {
    type: 'list.checkpointed',
    attempt: null,
    time: '2026-01-01T00:00:00.000Z',
    data: { page: 1, of: 1, contacts: 3 },
  } as const
  expect(accountStep(firstSnapshot(), checkpoint)).toBeNull()
})
