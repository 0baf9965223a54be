import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { MicrosoftSignInOptions } from '../../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { robotWalk } from '../../sandbox/robot.ts'
import { ConsentDevice } from './consent-device.ts'

let sandbox: Sandbox
const devices: ConsentDevice[] = []

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 12, distributionLists: 0 })
})
afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.close()))
  await sandbox.close()
})

const openDevice = async (options?: Partial<MicrosoftSignInOptions>): Promise<ConsentDevice> => {
  const device = await ConsentDevice.open(sandbox, options)
  devices.push(device)
  return device
}

/** Expects that a rejected sign-in has left nothing. */
const nothingKept = async (device: ConsentDevice) => {
  expect(await device.secretsOnDisk()).toEqual([])
  expect(await device.hasAccess()).toBe(false)
}

it('the search finds the tokens of an accepted sign-in on the disk, so it would find those of a rejected one', async () => {
  const device = await openDevice()
  expect(await device.attempt()).toMatchObject({ state: 'imported' })
  expect(await device.secretsOnDisk()).not.toEqual([])
  expect(await device.hasAccess()).toBe(true)
})

describe('declined', () => {
  it.each(['described', 'subcode', 'consent-required', 'personal'] as const)(
    'in the form "%s" is told in the tab and in the app, and nothing is kept',
    async (declineForm) => {
      sandbox.settings.change({ declineForm })
      const device = await openDevice()
      const outcome = await device.attempt('signIn', { decision: 'decline' })
      expect(outcome).toMatchObject({ state: 'failed', code: 'consent-declined' })
      expect(outcome.page).toContain('You did not agree')
      expect(device.allowed).toEqual(['restart'])
      await nothingKept(device)
      expect(await device.attempt('restart')).toMatchObject({ state: 'imported' })
    },
  )

  it('keeps the existing list, and the next restart asks again', async () => {
    const device = await openDevice()
    await device.attempt()
    const before = device.contacts
    sandbox.revokeConsent('user')
    expect(await device.attempt('restart', { decision: 'decline' })).toMatchObject({
      code: 'consent-declined',
    })
    expect(device.contacts).toBe(before)
    expect(device.account).toMatchObject({ state: 'failed', list: { count: before } })
    expect(await device.attempt('restart')).toMatchObject({ state: 'imported' })
  })
})

describe('a tab that was closed', () => {
  it('times out, and says so when it is opened again', async () => {
    const device = await openDevice({ consentTimeout: 500 })
    const tab = await device.begin()
    await tab.visit({ decision: 'abandon' })
    expect(await device.book.outcome(tab.attempt)).toMatchObject({ code: 'consent-timed-out' })
    expect(device.allowed).toEqual(['restart'])
    expect(await tab.visit()).toContain('The sign-in took too long')
    expect(await device.recorded(tab.attempt)).toContain('report.ignored')
    expect(device.account.state).toBe('failed')
    await nothingKept(device)
  })
})

describe('a tab that is answered after its attempt', () => {
  it('says that it was cancelled, its sign-in is not used, and a restart works while it is open', async () => {
    const device = await openDevice()
    const old = await device.begin()
    await device.book.cancel('microsoft365')
    const tab = await device.begin('restart')
    expect(await old.visit()).toContain('This import was cancelled')
    expect(await device.recorded(old.attempt)).toEqual([
      'attempt.requested',
      'attempt.cancelled',
      'report.ignored',
    ])
    expect(device.account.state).toBe('consenting')
    await nothingKept(device)
    expect(await tab.visit()).toContain('Done')
    expect(await device.book.outcome(tab.attempt)).toMatchObject({ state: 'imported' })
  })

  it('is not used after a sign-out either', async () => {
    const device = await openDevice()
    const old = await device.begin()
    await device.book.signOut('microsoft365')
    expect(await old.visit()).toContain('This import was cancelled')
    expect(await device.recorded(old.attempt)).toEqual([])
    expect(device.account).toMatchObject({ state: 'idle', list: null })
    await nothingKept(device)
  })
})

describe('the approval of an administrator', () => {
  /** The administrator opens the link that the app shows, and agrees. */
  const approve = async () => {
    const page = new URL('/organizations/v2.0/adminconsent', sandbox.origin)
    page.search = new URLSearchParams({
      client_id: sandbox.clientId,
      scope: 'https://graph.microsoft.com/Contacts.Read',
      redirect_uri: 'http://localhost',
      state: 'approval',
    }).toString()
    expect(await (await fetch(page)).text()).toContain('Permissions requested')
    const answer = await fetch(page, {
      method: 'POST',
      body: new URLSearchParams({ decision: 'accept' }),
      redirect: 'manual',
    })
    const sentBack = new URL(answer.headers.get('location') ?? '')
    expect(Object.fromEntries(sentBack.searchParams)).toMatchObject({
      admin_consent: 'True',
      state: 'approval',
    })
  }

  it('is what the tab tells the person to ask for; once it is given, a restart shows no permissions', async () => {
    sandbox.settings.change({ needAdminApproval: true })
    const device = await openDevice()
    const refused = await device.attempt()
    expect(refused.pages).toContain('need-approval')
    expect(refused).toMatchObject({ state: 'failed', code: 'consent-declined' })
    expect(refused.page).toContain('If the page said that an administrator must approve this app')
    await nothingKept(device)

    await approve()
    const again = await device.attempt('restart')
    expect(again).toMatchObject({ state: 'imported' })
    expect(again.pages).not.toContain('permissions')
    expect(again.pages).not.toContain('need-approval')
    expect(await device.silently('restart')).toMatchObject({ state: 'imported' })
  })

  it('has a code of its own if the redirect reports that it is needed', async () => {
    sandbox.settings.change({ signInRefusal: { at: 'return', number: 90094 } })
    const device = await openDevice()
    const outcome = await device.attempt()
    expect(outcome).toMatchObject({
      code: 'admin-approval-needed',
      details: { serviceCode: 'AADSTS90094' },
    })
    expect(outcome.page).toContain('Your organization has to approve this app first')
    await nothingKept(device)
    sandbox.settings.change({ signInRefusal: null })
    expect(await device.attempt('restart')).toMatchObject({ state: 'imported' })
  })

  it('for the whole organization means that other people are not asked', async () => {
    sandbox.settings.change({ needAdminApproval: true })
    const administrator = await openDevice()
    const first = await administrator.attempt('signIn', { account: 'admin', organization: true })
    expect(first).toMatchObject({ state: 'imported' })
    expect(first.pages).toContain('permissions')

    const device = await openDevice()
    const second = await device.attempt()
    expect(second).toMatchObject({ state: 'imported' })
    expect(second.pages.filter((name) => name !== 'form-post')).toEqual(['choose-account'])
  })
})

describe('a sign-in that a rule of the organization blocks', () => {
  it('on a page of its own times out, because no redirect follows', async () => {
    sandbox.settings.change({ signInRefusal: { at: 'page', number: 53003 } })
    const device = await openDevice({ consentTimeout: 500 })
    const outcome = await device.attempt()
    expect(outcome.page).toContain('AADSTS53003')
    expect(outcome).toMatchObject({ code: 'consent-timed-out' })
    await nothingKept(device)
  })

  it.each([
    ['return', 53003],
    ['return', 530032],
    ['redeem', 53003],
    ['redeem', 50076],
    ['redeem', 50097],
    ['redeem', 530003],
  ] as const)('is told as such when it comes at the %s with %d', async (at, number) => {
    sandbox.settings.change({ signInRefusal: { at, number } })
    const device = await openDevice()
    const outcome = await device.attempt()
    expect(outcome).toMatchObject({
      code: 'sign-in-blocked',
      details: { serviceCode: `AADSTS${number}`, requestId: expect.any(String) as string },
    })
    expect(outcome.page).toContain('Your organization blocked this sign-in')
    expect(device.allowed).toEqual(['restart'])
    await nothingKept(device)
  })
})

describe('an outage right after the person has agreed', () => {
  it.each([
    { kind: 'status', status: 503, retryAfter: 1 },
    { kind: 'status', status: 429, retryAfter: 0 },
    { kind: 'status', status: 502 },
    { kind: 'reset' },
  ] as const)('(%j) costs nothing but a moment', async (fault) => {
    sandbox.settings.change({ faults: [{ ...fault, times: 1, match: 'POST */oauth2/v2.0/token' }] })
    const device = await openDevice()
    const outcome = await device.attempt()
    expect(outcome).toMatchObject({ state: 'imported' })
    expect(outcome.page).toContain('Done')
    expect(sandbox.requests.matching('POST /common/oauth2/v2.0/token')).toHaveLength(2)
  })

  it('that lasts is reported in the tab and in the app', async () => {
    sandbox.settings.change({ faults: [{ kind: 'status', status: 503, match: 'POST */oauth2/v2.0/token' }] })
    const device = await openDevice({ outageTimeout: 600 })
    const outcome = await device.attempt()
    expect(outcome).toMatchObject({ code: 'service-unavailable' })
    expect(outcome.page).toContain('The sign-in did not work')
    await nothingKept(device)
  })
})

describe('an answer that another authority may have sent', () => {
  it.each(['missing', 'other'] as const)(
    'is not used if its issuer is %s, and the tab says so; the next one is',
    async (answerIssuer) => {
      const device = await openDevice()
      const tab = await device.begin()
      // The link works once; the page that it leads to stays open.
      const { headers } = await fetch(tab.address, { redirect: 'manual' })
      const page = headers.get('location') ?? ''
      sandbox.settings.change({ answerIssuer })
      expect(await robotWalk(page, { decision: 'accept' })).toContain('This answer came from another service')
      expect(await robotWalk(page, { decision: 'decline' })).toContain(
        'This answer came from another service',
      )
      expect(sandbox.requests.matching('POST /common/oauth2/v2.0/token')).toEqual([])
      expect(device.account.state).toBe('consenting')
      sandbox.settings.change({ answerIssuer: 'right' })
      await robotWalk(page, { decision: 'accept' })
      expect(await device.book.outcome(tab.attempt)).toMatchObject({ state: 'imported' })
    },
  )
})

describe('an account that the organization does not know', () => {
  it.each([
    ['return', 50020],
    ['redeem', 50020],
    ['redeem', 500208],
  ] as const)(
    'is told as such when that comes at the %s with %d, and another one is asked for',
    async (at, number) => {
      sandbox.settings.change({ signInRefusal: { at, number } })
      const device = await openDevice()
      const outcome = await device.attempt()
      expect(outcome).toMatchObject({
        code: 'different-account',
        details: { serviceCode: `AADSTS${number}` },
      })
      expect(outcome.page).toContain('This account cannot be used here')
      await nothingKept(device)
      sandbox.settings.change({ signInRefusal: null })
      expect(await device.attempt('restart')).toMatchObject({ state: 'imported' })
    },
  )
})

describe('an app that is set up wrongly', () => {
  it('and unknown to the tenant times out, because no redirect follows', async () => {
    const device = await openDevice({ clientId: crypto.randomUUID(), consentTimeout: 500 })
    const tab = await device.begin()
    await expect(tab.visit()).rejects.toThrow('We could not sign you in')
    expect(await device.book.outcome(tab.attempt)).toMatchObject({ code: 'consent-timed-out' })
    await nothingKept(device)
  })

  it.each([
    ['redeem', 7000218],
    ['return', 650057],
  ] as const)('is told as such when that comes at the %s with %d', async (at, number) => {
    sandbox.settings.change({ signInRefusal: { at, number } })
    const device = await openDevice()
    const outcome = await device.attempt()
    expect(outcome).toMatchObject({
      code: 'app-misconfigured',
      details: { serviceCode: `AADSTS${number}` },
    })
    expect(outcome.page).toContain('The sign-in did not work')
    await nothingKept(device)
  })
})

it('scopes without contacts mean a missing permission, and the tab says so', async () => {
  sandbox.settings.change({ withheldScopes: ['Contacts.Read'] })
  const device = await openDevice({ scopes: ['Contacts.Read', 'User.Read'] })
  const outcome = await device.attempt()
  expect(outcome).toMatchObject({ state: 'failed', code: 'permission-missing' })
  expect(outcome.page).toContain('The app has no permission to read your contacts')
  expect(device.allowed).toEqual(['restart'])
  await nothingKept(device)
})

describe('an account that cannot be used', () => {
  it('because it has no mailbox can be replaced by a restart', async () => {
    const device = await openDevice()
    expect(await device.attempt('signIn', { account: 'no-mailbox' })).toMatchObject({ code: 'no-mailbox' })
    expect(device.account.list).toBeNull()
    const again = await device.attempt('restart')
    expect(again.pages[0]).toBe('choose-account')
    expect(again).toMatchObject({ state: 'imported' })
    expect(await device.silently('restart')).toMatchObject({ state: 'imported' })
  })

  it('because it is not the linked one changes nothing, and a restart lets the person choose', async () => {
    const device = await openDevice()
    await device.attempt()
    const before = device.contacts
    sandbox.settings.change({ refreshRefusal: '50173' })
    const other = await device.attempt('restart', { account: 'personal' })
    expect(other).toMatchObject({ state: 'failed', code: 'different-account' })
    expect(other.page).toContain('You signed in with a different account')
    expect(device.contacts).toBe(before)
    expect(await device.hasAccess()).toBe(true)

    sandbox.settings.change({ refreshRefusal: null })
    const again = await device.attempt('restart')
    expect(again.pages[0]).toBe('choose-account')
    expect(again).toMatchObject({ state: 'imported' })
  })
})
