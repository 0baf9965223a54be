import { describe, expect, test } from 'vitest'
import { createActor } from 'xstate'
import type { Envelope } from '../domain/events.ts'
import { eventVariants } from '../testing/account-situations.ts'
import { fact, recorded, story } from '../testing/sample-facts.ts'
import { AccountReplay } from './account-replay.ts'
import { linkedAccount } from './linked-account.ts'
import type { AccountEvent } from './linked-account.ts'

const held = [...story.imported, fact.requested('refresh', 'a1', 2), fact.held()]

describe.each(Object.entries({ idle: [], ...story, 'failed, with a held removal': held }))(
  'a replay of what led to %s',
  (name, facts) => {
    test.each(eventVariants.map((event) => [event.type, event] as const))(
      'does with %s what the running machine does',
      (_, variant) => {
        const actor = createActor(linkedAccount).start()
        const replay = new AccountReplay()
        for (const { type, attempt, data, time } of recorded(facts)) {
          const past = { type, attempt, data, time } as AccountEvent
          expect(replay.step(past as Envelope)?.from).toBe(actor.getSnapshot().value)
          actor.send(past)
        }
        const before = actor.getSnapshot()
        expect(name).toContain(replay.state)
        expect(replay.isBusy).toBe(before.hasTag('busy'))
        // The facts are those of the attempt a1.
        const event = variant.attempt === 'now' ? { ...variant, attempt: 'a1' } : variant
        const step = replay.step(event)
        actor.send(event)
        expect(step !== null).toBe(before.can(event))
        expect(replay.state).toBe(actor.getSnapshot().value)
        if (step) expect(step).toMatchObject({ from: before.value, to: replay.state })
      },
    )
  },
)

test('a replay tells each transition with its guard', () => {
  const replay = new AccountReplay()
  const facts = [...story.imported, fact.requested('refresh', 'a2', 2), fact.signedOut()]
  const steps = recorded(facts).map((event) => {
    const { from, guard, to } = replay.step(event) ?? {}
    return [event.type, from, guard, to]
  })
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
  const replay = new AccountReplay()
  expect(replay.step(checkpoint)).toBeNull()
  expect(replay.state).toBe('idle')
})
