import { describe, expect, it } from 'vitest'
import type { FailureCode } from '../domain/failures.ts'
import { explainCancelled, explainFailure, explainRefusal, explainSignedOut } from './explain.ts'
import { messages } from './languages.ts'

const steps = {
  signIn: 'press Sign in',
  restart: 'press Restart',
  refresh: 'press Refresh',
  cancel: 'press Cancel',
  approveRemoval: 'press Approve',
  signOut: 'press Sign out',
}
const situation = { source: 'microsoft365', steps } as const
const english = messages('en-US')
const adminConsentLink = 'https://login.example/adminconsent'

describe('a failure in words', () => {
  it('hands the ids of the service to the administrator, on a line of their own', () => {
    const details = { serviceCode: 'ErrorAccessDenied', status: 403, requestId: 'r-1' }
    const { happened, next, administrator } = explainFailure(english, 'permission-missing', situation, {
      details,
    })
    expect(administrator).toBe('For your administrator: ErrorAccessDenied, HTTP 403, request ID r-1.')
    expect(happened + next).not.toMatch(/r-1|ErrorAccessDenied/)
  })

  it('brings the page on which an administrator can approve the app, where that helps', () => {
    const explain = (code: FailureCode) =>
      explainFailure(english, code, situation, { adminConsentLink }).administrator
    for (const code of ['admin-approval-needed', 'permission-missing'] as const)
      expect(explain(code)).toContain(`To approve this app for everybody: ${adminConsentLink} `)
    expect(explain('offline')).toBeNull()
  })

  it.each(['consent-declined', 'consent-timed-out'] as const)(
    'brings it for %s too, because Microsoft often does not tell that an approval is missing',
    (code) => {
      const { next, administrator } = explainFailure(english, code, situation, { adminConsentLink })
      expect(next).toContain('If the page asked for the approval of an administrator')
      expect(administrator).toContain(adminConsentLink)
    },
  )

  it('speaks to somebody who declined according to what is on the device', () => {
    const next = (onDevice: number) =>
      explainFailure(english, 'consent-declined', { ...situation, onDevice }).next
    expect(next(0)).toContain('to have them here')
    expect(next(12)).toContain('to have them up to date')
  })

  it('says that the contacts on the device were not touched, where there are some', () => {
    const kept = (onDevice: number) => explainFailure(english, 'offline', { ...situation, onDevice }).kept
    expect(kept(1240)).toBe('The 1,240 contacts on this device are as they were.')
    expect(kept(1)).toBe('The contact on this device is as it was.')
    expect(kept(0)).toBeNull()
    const since = { ...situation, onDevice: 2, updatedAt: '2026-03-01T12:15:00Z' }
    expect(explainFailure(english, 'offline', since).kept).toMatch(
      /^The 2 contacts on this device are as they were on Mar 1, 2026, .*\.$/,
    )
  })

  it('says when to come back', () => {
    const details = { retryAt: '2026-03-01T12:15:00Z' }
    expect(explainFailure(english, 'throttled', situation, { details }).next).toContain('Mar 1, 2026')
  })
})

it('a refusal in words says what to do instead', () => {
  expect(explainRefusal(english, 'restart-first', situation)).toEqual({
    happened: 'The last import from Microsoft 365 was not finished.',
    next: 'To start again, press Restart.',
    kept: null,
    administrator: null,
  })
})

it('a cancelled import in words says that a late sign-in counts for nothing, and how to start again', () => {
  const { happened, next, kept } = explainCancelled(english, { ...situation, onDevice: 2 })
  expect(happened).toBe('The import from Microsoft 365 was cancelled.')
  expect(next).toMatch(/not processed.*press Restart\.$/)
  expect(kept).toBe('The 2 contacts on this device are as they were.')
})

it('an import that a sign-out ended in words says how to begin, for nothing can be restarted', () => {
  const { happened, next, kept } = explainSignedOut(english, situation)
  expect(happened).toBe('You signed out of Microsoft 365, so this import was ended.')
  expect(next).toMatch(/not processed.*press Sign in\.$/)
  expect(kept).toBeNull()
})
