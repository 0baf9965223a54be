import { expect, test } from 'vitest'
import { messages } from '../../../messages.ts'
import { Announcements } from './announcements.ts'
import type { CardView } from './card-view.ts'

const texts = messages('en')

/** The part of a card that announcements read. */
const view = (state: string, progress: object | null, more: object = {}): CardView =>
  ({
    account: {
      source: 'microsoft365',
      state,
      runner: state === 'consenting' || state === 'fetching' ? 'here' : null,
      attempt: { id: 'a1' },
      counts: { contacts: 0, expected: null },
      list: null,
      lastResult: null,
      ...more,
    },
    progress,
    texts,
    situation: { source: 'microsoft365', steps: texts.settings.steps },
    now: 0,
    card: { tab: 'opened' },
    way: {},
  }) as unknown as CardView

const heard = (views: readonly CardView[]): readonly (string | null)[] => {
  const announcements = new Announcements()
  announcements.of([view('idle', null, { attempt: null })])
  return views.map((each) => announcements.of([each]))
}

const address = 'https://login.example.test'
const waiting = (until: number) => ({ waiting: { until: new Date(until), reason: 'offline' } })

test('a cancelled sign-in is said to be cancelled, and nothing else', () => {
  expect(
    heard([
      view('consenting', null),
      view('consenting', { address, opened: true, tab: 'open' }),
      view('consenting', null),
      view('cancelled', null),
    ]),
  ).toEqual([
    texts.settings.consent.preparing('microsoft365'),
    texts.settings.consent.inTab('microsoft365'),
    null,
    expect.stringContaining('was cancelled'),
  ])
})

test('a wait is said once, however many tries it takes', () => {
  const said = heard([
    view('fetching', {}),
    view('fetching', waiting(1_000)),
    view('fetching', {}),
    view('fetching', waiting(3_000)),
  ])
  expect(said).toEqual([
    expect.stringContaining('Importing'),
    texts.waits.offline('microsoft365', 1),
    null,
    null,
  ])
})

test('the last message is cleared once it no longer holds', () => {
  expect(heard([view('fetching', {}), view('failed', null)]).at(-1)).toBe('')
})
