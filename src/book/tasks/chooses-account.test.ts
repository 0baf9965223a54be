import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../../domain/failures.ts'
import type { AttemptRecord } from '../../projections/history.ts'
import { choosesAccount } from './resume-attempt.ts'

const attempt = (outcome: AttemptRecord['outcome'], code: FailureCode | null = null): AttemptRecord => ({
  source: 'microsoft365',
  attempt: crypto.randomUUID(),
  number: 1,
  by: 'restart',
  requestedAt: '2026-01-01T00:00:00.000Z',
  endedAt: null,
  outcome,
  code,
  details: {},
  expected: null,
  pages: 0,
  fetched: 0,
  skipped: {},
  completion: null,
  isCompleteListing: false,
  ignored: 0,
})

const running = attempt('running')
const chooses = (...history: AttemptRecord[]) => choosesAccount([...history, running], 'microsoft365')

describe('the next sign-in lets the person choose an account', () => {
  it('after an account without a mailbox, and after one that is not the linked account', () => {
    expect(chooses(attempt('failed', 'no-mailbox'))).toBe(true)
    expect(chooses(attempt('imported'), attempt('failed', 'different-account'))).toBe(true)
  })

  it('still, if the person did not finish choosing', () => {
    expect(chooses(attempt('failed', 'no-mailbox'), attempt('cancelled'))).toBe(true)
    expect(chooses(attempt('failed', 'no-mailbox'), attempt('failed', 'consent-declined'))).toBe(true)
  })

  it('never after anything else: existing access is used', () => {
    expect(chooses()).toBe(false)
    expect(chooses(attempt('failed', 'offline'))).toBe(false)
    for (const outcome of ['imported', 'capped', 'held'] as const)
      expect(chooses(attempt('failed', 'no-mailbox'), attempt(outcome))).toBe(false)
  })

  it('only for the source of that attempt', () => {
    expect(choosesAccount([attempt('failed', 'no-mailbox')], 'google')).toBe(false)
  })
})
