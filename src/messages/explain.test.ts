import { describe, expect, it } from 'vitest'
import type { FailureCode, FailureDetails } from '../domain/failures.ts'
import {
  explainCancelled,
  explainFailure,
  explainFinding,
  explainRefusal,
  explainSignedOut,
  messages,
} from '../messages.ts'

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
  it('passes the ids of the service on to the administrator, on a separate line', () => {
    const details = { serviceCode: 'ErrorAccessDenied', status: 403, requestId: 'r-1' }
    const { happened, next, administrator } = explainFailure(english, 'permission-missing', situation, {
      details,
    })
    expect(administrator).toBe('For your administrator: ErrorAccessDenied, HTTP 403, request ID r-1.')
    expect(happened + next).not.toMatch(/r-1|ErrorAccessDenied/)
  })

  it('links to the page on which an administrator can approve the app, if that helps', () => {
    const explain = (code: FailureCode) =>
      explainFailure(english, code, situation, { adminConsentLink }).administrator
    for (const code of ['admin-approval-needed', 'permission-missing'] as const)
      expect(explain(code)).toContain(`To approve this app for everyone: ${adminConsentLink} `)
    expect(explain('offline')).toBeNull()
  })

  it.each(['consent-declined', 'consent-timed-out'] as const)(
    'links to it for %s too, because Microsoft often does not say that an approval is missing',
    (code) => {
      const { next, administrator } = explainFailure(english, code, situation, { adminConsentLink })
      expect(next).toContain('If the page said that an administrator must approve this app')
      expect(administrator).toContain(adminConsentLink)
    },
  )

  it('suggests an import or an update to a person who declined, depending on the device', () => {
    const next = (onDevice: number) =>
      explainFailure(english, 'consent-declined', { ...situation, onDevice }).next
    expect(next(0)).toContain('To import your contacts')
    expect(next(12)).toContain('To update your contacts')
  })

  it('says that the contacts on the device are unchanged, if there are any', () => {
    const kept = (onDevice: number) => explainFailure(english, 'offline', { ...situation, onDevice }).kept
    expect(kept(1240)).toBe('The 1,240 contacts on this device are unchanged.')
    expect(kept(1)).toBe('The contact on this device is unchanged.')
    expect(kept(0)).toBeNull()
    const lost = explainFailure(english, 'storage-key-lost', { ...situation, onDevice: 1240 })
    expect(lost.kept).toBeNull()
    const since = { ...situation, onDevice: 2, updatedAt: '2026-03-01T12:15:00Z' }
    expect(explainFailure(english, 'offline', since).kept).toMatch(
      /^The 2 contacts on this device are unchanged since Mar 1, 2026, .*\.$/,
    )
  })

  it('blames no service of which nothing was heard, because the network may have answered instead', () => {
    const explained = (details: FailureDetails) =>
      explainFailure(english, 'service-unavailable', { ...situation, onDevice: 2 }, { details })
    const { happened, next } = explained({})
    expect(happened).toMatch(
      /^Microsoft 365 did not answer\. Either .* or .* sign-in page of a Wi-Fi network\.$/,
    )
    expect(next).toMatch(/^Open any web page .* then press Refresh\. .*wait a few minutes first\.$/)
    expect(explained({ status: 503 })).toMatchObject({
      happened: 'Microsoft 365 has a problem at the moment and did not answer correctly.',
      next: 'Wait a few minutes, then press Refresh.',
    })
  })

  it('says when to try again', () => {
    const details = { retryAt: '2026-03-01T12:15:00Z' }
    expect(explainFailure(english, 'throttled', situation, { details }).next).toContain('Mar 1, 2026')
  })
})

it('explains what to do instead of a refused command', () => {
  expect(explainRefusal(english, 'restart-first', situation)).toEqual({
    happened: 'The last import from Microsoft 365 was not finished.',
    next: 'To start again, press Restart.',
    kept: null,
    administrator: null,
  })
})

it('explains what was found in a store with the steps of the shell', () => {
  expect(explainFinding(english, { code: 'tokens-without-account', files: ['a.json'] }, steps)).toEqual({
    happened: 'Sign-in tokens are still stored, although no account is linked: a.json.',
    next: 'To remove them, press Sign out.',
    kept: null,
    administrator: null,
  })
})

it('explains that a late sign-in is not processed after a cancel, and how to start again', () => {
  const { happened, next, kept } = explainCancelled(english, { ...situation, onDevice: 2 })
  expect(happened).toBe('The import from Microsoft 365 was cancelled.')
  expect(next).toMatch(/not processed.*press Restart\.$/)
  expect(kept).toBe('The 2 contacts on this device are unchanged.')
})

it('after a cancelled import for which the person has signed in, no sign-in is open', () => {
  const { next } = explainCancelled(english, { ...situation, hasSignedIn: true })
  expect(next).toBe('To start again, press Restart.')
})

describe('a cancelled refresh', () => {
  const refreshed = (isAllowed: boolean) =>
    explainCancelled(english, { ...situation, onDevice: 2, refresh: { isAllowed } })

  it('leaves the list as it was, and a refresh is the next step, because no sign-in was under way', () => {
    expect(refreshed(true)).toEqual({
      happened: 'The refresh from Microsoft 365 was cancelled.',
      next: 'To update your contacts, press Refresh.',
      kept: 'The 2 contacts on this device are unchanged.',
      administrator: null,
    })
  })

  it('needs a restart if a refresh is refused', () => {
    expect(refreshed(false).next).toBe('To update your contacts, press Restart.')
  })
})

it('explains how to begin after a sign-out, because nothing can be restarted', () => {
  const { happened, next, kept } = explainSignedOut(english, situation)
  expect(happened).toBe('You signed out of Microsoft 365, so this import was stopped.')
  expect(next).toMatch(/not processed.*press Sign in\.$/)
  expect(kept).toBeNull()
})

describe('a failure of the network', () => {
  const explained = (code: FailureCode, details: FailureDetails) =>
    explainFailure(english, code, situation, { details })

  it('names host and cause for the administrator', () => {
    const details = { host: 'graph.example.test', cause: 'SELF_SIGNED_CERT_IN_CHAIN' }
    const { happened, next, administrator } = explained('certificate-untrusted', details)
    expect(happened).toMatch(/does not trust the certificate/)
    expect(next).toMatch(/NODE_EXTRA_CA_CERTS/)
    expect(next).not.toMatch(/date/)
    expect(administrator).toBe('For your administrator: graph.example.test, SELF_SIGNED_CERT_IN_CHAIN.')
  })

  it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_CERT_DATE_INVALID'])(
    'asks to check the date and the time if they may be the cause (%s)',
    (cause) => {
      expect(explained('certificate-untrusted', { cause }).next).toMatch(/^Check the date and the time/)
    },
  )

  it('names the proxy and its status', () => {
    expect(explained('proxy-refused', { host: 'proxy.test:8080', status: 403 }).administrator).toBe(
      'For your administrator: proxy.test:8080, HTTP 403.',
    )
    expect(explained('proxy-misconfigured', { cause: 'HTTPS_PROXY' }).administrator).toBe(
      'For your administrator: HTTPS_PROXY.',
    )
  })
})
