import { expect, test } from 'vitest'
import type { Envelope, Fact, Source } from '../../../index.ts'
import { fact, recorded, story } from '../../../testing/sample-facts.ts'
import { Replay } from './replay.ts'

const replayOf = (...facts: readonly Fact[]): Replay => {
  const replay = new Replay()
  replay.add(recorded(facts))
  return replay
}

const of = (stream: Source, fact: Fact): Fact => ({ ...fact, stream })

test('each event comes with the state after it, and the transition and the guard that led there', () => {
  const { events } = replayOf(...story.imported)
  expect(events.map(({ state, isBusy }) => `${state}${isBusy ? ' (busy)' : ''}`)).toEqual([
    'consenting (busy)',
    'fetching (busy)',
    'fetching (busy)',
    'fetching (busy)',
    'imported',
  ])
  expect(events[3]).toMatchObject({
    event: { position: 4, type: 'page.fetched', source: 'microsoft365' },
    step: { from: 'fetching', to: 'fetching', guard: 'isNextPage' },
  })
})

test('events that came in several parts are folded as those that came in one', () => {
  const replay = new Replay()
  for (const event of recorded(story.imported)) replay.add([event])
  expect(replay.events).toEqual(replayOf(...story.imported).events)
})

test('two sources have machines of their own', () => {
  const { events } = replayOf(
    fact.requested(),
    of('google', fact.requested('signIn', 'g1')),
    of('google', fact.cancelled('g1')),
    fact.granted(),
  )
  expect(events.map(({ source, state }) => [source, state])).toEqual([
    ['microsoft365', 'consenting'],
    ['google', 'consenting'],
    ['google', 'cancelled'],
    ['microsoft365', 'fetching'],
  ])
})

test('after a sign-out, the events of the account are forgotten, and those of others stay', () => {
  const { events } = replayOf(
    ...story.imported,
    of('google', fact.requested('signIn', 'g1')),
    fact.signedOut(),
    fact.requested('signIn', 'a2', 2),
  )
  expect(events.map(({ event, state }) => [event.position, state])).toEqual([
    [6, 'consenting'],
    [7, 'idle'],
    [8, 'consenting'],
  ])
  expect(events[1]?.step).toEqual({ from: 'imported', to: 'idle', guard: null })
})

test('of a long past, the last events are kept, and the states stay right', () => {
  const refreshes = Array.from({ length: 300 }, (_, at) => [
    fact.requested('refresh', `r${at}`, at + 2),
    fact.completed({}, `r${at}`),
  ]).flat()
  const replay = replayOf(...story.imported, ...refreshes)
  expect(replay.events).toHaveLength(500)
  expect(replay.dropped).toBe(105)
  expect(replay.events.at(-1)).toMatchObject({ state: 'imported', step: { from: 'fetching' } })
})

test('nothing about the account and nothing that is not on the list is kept', () => {
  const granted = {
    ...recorded([fact.granted()])[0],
    data: { accountKey: 'A'.repeat(43), host: 'marked-host' },
  }
  const replay = new Replay()
  replay.add([granted as unknown as Envelope])
  expect(JSON.stringify(replay.events)).not.toMatch(/AAAA|marked-host/)
})
