import { expect, test } from 'vitest'
import { fact, recorded, story } from '../../../testing/sample-facts.ts'
import { Replay } from './replay.ts'
import { factsOf, reportText } from './report-text.ts'

const now = new Date('2026-01-01T01:00:00.000Z')

const replayed = (...facts: Parameters<typeof recorded>[0]) => {
  const replay = new Replay()
  replay.add(recorded(facts))
  return replay.events
}

test('a report has the states, then each event with its numbers, its transition and its guard', () => {
  const events = replayed(...story.fetching, fact.failed('offline'))
  expect(reportText(events, events[1] ?? null, 7, now).split('\n')).toEqual([
    'import-inspector, 2026-01-01T01:00:00.000Z',
    'microsoft365: failed',
    'looking at event 2',
    '7 earlier events left out',
    '',
    '1 2026-01-01T00:01:00.000Z microsoft365 attempt.requested by=signIn number=1 | idle -> consenting [isSignIn]',
    '2 2026-01-01T00:02:00.000Z microsoft365 consent.granted | consenting -> fetching [isCurrent]',
    '3 2026-01-01T00:03:00.000Z microsoft365 attempt.failed code=offline | fetching -> failed [isCurrent]',
    '',
  ])
})

test('names nested counts, and leaves out missing ones', () => {
  expect(factsOf({ page: 2, skipped: { 'no-id': 3 }, none: {}, count: null, cause: undefined })).toEqual([
    'page=2',
    'skipped(no-id=3)',
  ])
})
