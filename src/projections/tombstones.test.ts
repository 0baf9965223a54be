import { expect, test } from 'vitest'
import type { Fact } from '../domain/events.ts'
import { fact } from '../testing/sample-facts.ts'
import { eventsErased, FIRST_LINKING, foldTombstones, hasEventsLeft, noTombstones } from './tombstones.ts'

const folded = (facts: readonly Fact[]) =>
  facts
    .map((each, index) => ({ ...each, position: index + 1, version: 1, id: `${index}`, time: '' }))
    .reduce(foldTombstones, noTombstones)

test('a tombstone has the position of the sign-out and the number of events of its stream before it', () => {
  const google: Fact = { ...fact.requested(), stream: 'google' }
  const { last } = folded([fact.requested(), google, fact.cancelled(), fact.signedOut(), google])
  expect(last).toEqual({
    microsoft365: { id: '3', position: 4, before: 2, ended: [FIRST_LINKING] },
  })
})

test('an erased stream has no event before its sign-out', () => {
  expect(folded([fact.signedOut(), fact.requested()]).last).toEqual({
    microsoft365: { id: '0', position: 1, before: 0, ended: [FIRST_LINKING] },
  })
})

test('the last sign-out counts, with every event before it', () => {
  const { last } = folded([fact.requested(), fact.signedOut(), fact.requested(), fact.signedOut()])
  expect(last.microsoft365).toEqual({
    id: '3',
    position: 4,
    before: 3,
    ended: [FIRST_LINKING, '1'],
  })
})

test('events are left until only the tombstone remains', () => {
  expect(hasEventsLeft(noTombstones, 'google')).toBe(false)
  expect(hasEventsLeft(folded([fact.requested()]), 'microsoft365')).toBe(true)
  expect(hasEventsLeft(folded([fact.requested()]), 'google')).toBe(false)
  expect(hasEventsLeft(folded([fact.signedOut()]), 'microsoft365')).toBe(false)
  expect(hasEventsLeft(folded([fact.requested(), fact.signedOut()]), 'microsoft365')).toBe(true)
  expect(hasEventsLeft(folded([fact.signedOut(), fact.requested()]), 'microsoft365')).toBe(true)
})

test('an erasure removes the events before the tombstone, and keeps later ones and other streams', () => {
  const google: Fact = { ...fact.requested(), stream: 'google' }
  const before = folded([fact.requested(), google, fact.cancelled(), fact.signedOut(), fact.requested()])
  expect(eventsErased(before, 'microsoft365')).toEqual({
    events: { microsoft365: 2, google: 1 },
    last: { microsoft365: { id: '3', position: 4, before: 0, ended: [FIRST_LINKING] } },
  })
})

test('without a sign-out there is nothing to erase', () => {
  const before = folded([fact.requested()])
  expect(eventsErased(before, 'microsoft365')).toEqual(before)
  expect(eventsErased(noTombstones, 'google')).toEqual(noTombstones)
})
