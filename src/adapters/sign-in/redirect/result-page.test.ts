import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { failureCodes } from '../../../domain/failures.ts'
import type { RedirectOutcome } from './outcomes.ts'
import { resultPage } from './result-page.ts'

const heading = (outcome: RedirectOutcome): string =>
  /<h1>(.*)<\/h1>/.exec(resultPage(outcome, 'My app').body)?.[1] ?? ''

describe('the page in the tab', () => {
  it.each([
    ['granted', 'Done'],
    ['cancelled', 'This import was cancelled'],
    ['already-answered', 'This sign-in is already finished'],
    ['link-used', 'This link was already used'],
    ['unknown', 'The app does not know this sign-in'],
    ['interrupted', 'The app does not answer any more'],
    ['consent-declined', 'You did not agree'],
    ['consent-timed-out', 'The sign-in took too long'],
    ['admin-approval-needed', 'Your organization has to approve this app first'],
    ['sign-in-blocked', 'Your organization blocked this sign-in'],
    ['permission-missing', 'The app has no permission to read your contacts'],
    ['different-account', 'You signed in with a different account'],
    ['account-refused', 'This account cannot be used here'],
    ['foreign-issuer', 'This answer came from another service'],
    ['offline', 'The sign-in did not work'],
  ] as const)('tells of %s: %s', (outcome, words) => {
    expect(heading(outcome)).toBe(words)
  })

  it('has words for every failure', () => {
    for (const code of failureCodes) expect(heading(code)).not.toBe('')
  })

  it('says what to do next after a cancel', () => {
    expect(resultPage('cancelled', 'My app').body).toContain('Go back to the app and start the import again.')
  })

  it('names the app, and escapes markup in its name', () => {
    const { body } = resultPage('granted', '<b>"Ann" & \'Bob\'</b>')
    expect(body).toContain('&#60;b&#62;&#34;Ann&#34; &#38; &#39;Bob&#39;&#60;/b&#62;')
    expect(body).not.toContain('<b>')
  })

  it('can be read by a screen reader', () => {
    const { body } = resultPage('granted', 'My app')
    expect(body).toMatch(
      /<html lang="en">[\s\S]*<title>Done – My app<\/title>[\s\S]*<main[\s\S]*role="status"/,
    )
  })

  it('loads nothing, runs nothing and is stored nowhere', () => {
    const { headers, body } = resultPage('granted', 'My app')
    const style = /<style>([\s\S]*)<\/style>/.exec(body)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`)
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
    expect(body).not.toMatch(/<script|<link|<img|https?:/)
  })

  it('has an error status for programs if the sign-in is unknown or we failed', () => {
    expect(resultPage('granted', 'a').status).toBe(200)
    expect(resultPage('unknown', 'a').status).toBe(400)
    expect(resultPage('foreign-issuer', 'a').status).toBe(400)
    expect(resultPage('internal', 'a').status).toBe(500)
  })
})
