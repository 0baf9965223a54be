import { describe, expect, it } from 'vitest'
import type { LinkedAccountView, Progress } from '../../../../index.ts'
import { messages } from '../../../../messages.ts'
import { progressLine } from './progress-line.ts'
import { widthOf } from '../wrap.ts'

const now = new Date('2026-03-01T10:00:00Z')

const line = ({
  state = 'fetching',
  counts = {},
  progress,
  ...facts
}: {
  state?: LinkedAccountView['state']
  counts?: Partial<LinkedAccountView['counts']>
  progress?: Partial<Progress>
  signsIn?: 'person' | 'robot' | 'nobody'
  bar?: boolean
  columns?: number
} = {}): string =>
  progressLine(messages('en-US'), {
    account: {
      source: 'microsoft365',
      state,
      counts: { expected: null, pages: 0, contacts: 0, skipped: 0, ...counts },
    } as LinkedAccountView,
    progress: progress && { source: 'microsoft365', attempt: 'a', ...progress },
    now,
    signsIn: 'person',
    bar: false,
    untrusted: (text) => `<${text}>`,
    ...facts,
  })

describe('the progress line', () => {
  it('says who is signing in', () => {
    expect(line({ state: 'consenting' })).toBe(
      'Waiting for you to sign in and agree… To cancel, press Ctrl-C.',
    )
    expect(line({ state: 'consenting', signsIn: 'robot' })).toContain('robot')
    expect(line({ state: 'consenting', signsIn: 'nobody' })).not.toMatch(/you|robot/)
  })

  it('counts contacts, and shows the total of the source, if known, as approximate: it includes other entries', () => {
    expect(line()).toBe('Looking for contacts…')
    expect(line({ counts: { contacts: 1000 } })).toBe('1,000 contacts')
    expect(line({ counts: { contacts: 1000, expected: 12_345 } })).toBe('1,000 of about 12,400 contacts')
    expect(line({ counts: { contacts: 40, expected: 64 } })).toBe('40 of about 64 contacts')
    expect(line({ counts: { contacts: 70, expected: 64 } })).toBe('70 contacts')
  })

  it('names the folder being read, as untrusted text', () => {
    expect(line({ counts: { contacts: 7 }, progress: { folder: 'Family' } })).toBe('7 contacts · <Family>')
  })

  it('says what it waits for, and how long', () => {
    const until = new Date(now.getTime() + 11_200)
    const progress = { folder: 'Family', waiting: { until, reason: 'throttled' as const } }
    expect(line({ counts: { contacts: 7 }, progress })).toBe('7 contacts · Microsoft asked us to wait 12 s')
  })

  it('says what a sign-in waits for', () => {
    const waiting = { until: new Date(now.getTime() + 3000), reason: 'throttled' as const }
    const progress = { waiting }
    expect(line({ state: 'consenting', progress })).toBe('Microsoft asked us to wait 3 s')
    expect(line({ state: 'consenting', progress: { waiting: null } })).toContain('Waiting for you')
  })

  it('drops a wait that is over', () => {
    const waiting = { until: new Date(now.getTime() - 1), reason: 'offline' as const }
    expect(line({ counts: { contacts: 7 }, progress: { folder: 'Work', waiting } })).toBe(
      '7 contacts · <Work>',
    )
  })

  it('shows how many were left out', () => {
    expect(line({ counts: { contacts: 7, skipped: 2 } })).toBe('7 contacts · 2 left out')
  })

  it('never draws a bar beyond its full length', () => {
    const bar = (contacts: number) => line({ bar: true, counts: { contacts, expected: 100 } }).split(' ')[0]
    expect(bar(0)).toBe('░'.repeat(24))
    expect(bar(50)).toBe('█'.repeat(12) + '░'.repeat(12))
    expect(bar(130)).toBe('█'.repeat(24))
    expect(line({ bar: true, counts: { contacts: 5 } })).toBe('5 contacts')
  })

  it('fits the terminal: drops the bar first, then the folder, but never a wait', () => {
    const counts = { contacts: 1000, expected: 12_345 }
    const reading = { bar: true, counts, progress: { folder: 'Customers abroad' } }
    const at = (columns: number) => line({ ...reading, columns })
    expect(at(79)).toBe('██░░░░░░░░░░░░░░░░░░░░░░ 1,000 of about 12,400 contacts · <Customers abroad>')
    expect(at(59)).toBe('█░░░░░░ 1,000 of about 12,400 contacts · <Customers abroad>')
    expect(at(52)).toBe('1,000 of about 12,400 contacts · <Customers abroad>')
    expect(at(39)).toBe('1,000 of about 12,400 contacts · <Cust…')
    expect(at(31)).toBe('1,000 of about 12,400 contacts')
    expect(at(20)).toBe('1,000 of about 12,4…')
    const until = new Date(now.getTime() + 12_000)
    const waiting = { until, reason: 'throttled' as const }
    expect(line({ ...reading, progress: { waiting }, columns: 39 })).toBe('Microsoft asked us to wait 12 s')
    expect(line({ state: 'consenting', columns: 39 })).toBe('Waiting for you to sign in and agree…')
    for (let columns = 1; columns < 80; columns++) expect(widthOf(at(columns))).toBeLessThanOrEqual(columns)
  })

  it('is empty when nothing is running', () => {
    expect(line({ state: 'imported' })).toBe('')
  })
})
