import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox, SettingsChange } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import type { FailureCode } from '../../src/node.ts'
import { ConsentDevice } from './consent-device.ts'

const CONTACTS = 12

let sandbox: Sandbox
let device: ConsentDevice

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: CONTACTS, distributionLists: 0 })
  device = await ConsentDevice.open(sandbox)
})
afterEach(async () => {
  await device.close()
  await sandbox.close()
})

/** Lets the access token expire, so that the next request needs the refresh token. */
const accessEnds = (change: SettingsChange = {}) =>
  sandbox.settings.change({ faults: [{ kind: 'token-expired', times: 1 }], ...change })

/** Expects that a refresh fails with this code, keeps the list, and says how old it is and what to do next. */
const refreshFails = async (code: FailureCode) => {
  const { lastUpdated, list } = device.account
  expect(await device.silently('refresh')).toMatchObject({ state: 'failed', code })
  expect(device.contacts).toBe(CONTACTS)
  expect(device.account).toMatchObject({ state: 'failed', code, list, lastUpdated })
  expect(device.account.lastTried! > lastUpdated!).toBe(true)
  expect(device.allowed).toEqual(['restart', 'refresh'])
}

/** Begins from nothing, which repairs all of it as well. */
const signOutAndIn = async () => {
  sandbox.settings.change({ faults: [], refreshRefusal: null })
  await device.book.signOut('microsoft365')
  expect(device.account).toMatchObject({ state: 'idle', code: null, list: null })
  expect(device.allowed).toEqual(['signIn'])
  expect(await device.secretsOnDisk()).toEqual([])
  expect(await device.attempt()).toMatchObject({ state: 'imported' })
  expect(device.contacts).toBe(CONTACTS)
  expect(await device.silently('refresh')).toMatchObject({ state: 'imported' })
}

describe('a permission that was taken back', () => {
  beforeEach(() => device.attempt())

  it('works until the access token expires; then the refresh fails, and a new consent repairs it', async () => {
    sandbox.revokeConsent('user')
    expect(await device.silently('refresh')).toMatchObject({ state: 'imported' })
    accessEnds()
    await refreshFails('permission-removed')
    expect(device.account.details).toMatchObject({ serviceCode: 'AADSTS65001' })
    await refreshFails('permission-removed')
    await signOutAndIn()
  })

  it('is noticed by one request for a token', async () => {
    sandbox.revokeConsent('user')
    sandbox.settings.change({ faults: [{ kind: 'token-expired' }] })
    sandbox.requests.clear()
    await refreshFails('permission-removed')
    expect(sandbox.requests.matching('/token')).toHaveLength(1)
  })

  it('is given again by a restart, which asks for it and keeps the list until then', async () => {
    sandbox.revokeConsent('user')
    accessEnds()
    await refreshFails('permission-removed')
    const tab = await device.begin('restart')
    expect(device.account.list).not.toBeNull()
    expect(device.contacts).toBe(CONTACTS)
    const pages: string[] = []
    await tab.visit({ onPage: ({ name }) => pages.push(name) })
    expect(pages).toContain('permissions')
    expect(await device.book.outcome(tab.attempt)).toMatchObject({ state: 'imported' })
    expect(device.account).toMatchObject({ code: null, state: 'imported' })
  })

  it('is also recognized by a 403 of Graph if there is a list', async () => {
    sandbox.settings.change({ faults: [{ kind: 'status', status: 403 }] })
    await refreshFails('permission-removed')
    sandbox.settings.change({ faults: [] })
    expect(await device.silently('restart')).toMatchObject({ state: 'imported', code: null })
    expect(device.contacts).toBe(CONTACTS)
  })
})

it('fails the next refresh if access tokens are short-lived', async () => {
  sandbox.settings.change({ accessTokenLifetime: 60 })
  await device.attempt()
  sandbox.revokeConsent('user')
  await refreshFails('permission-removed')
})

it('a 403 without a list means a missing permission', async () => {
  sandbox.settings.change({ faults: [{ kind: 'status', status: 403 }] })
  expect(await device.attempt()).toMatchObject({ state: 'failed', code: 'permission-missing' })
  expect(device.account.list).toBeNull()
  expect(device.allowed).toEqual(['restart'])
  sandbox.settings.change({ faults: [] })
  expect(await device.silently('restart')).toMatchObject({ state: 'imported' })
})

describe('a sign-in that is no longer valid', () => {
  beforeEach(() => device.attempt())

  it.each(['50173', '70043', '700082', 'plain'] as const)('(%s) has expired', async (refreshRefusal) => {
    accessEnds({ refreshRefusal })
    await refreshFails('sign-in-expired')
    await signOutAndIn()
  })

  it.each([
    [50173, 'bad_token'],
    [70043, 'token_expired'],
    [50074, 'basic_action'],
    [50076, 'additional_action'],
    [53003, 'message_only'],
    [50055, 'user_password_expired'],
    [70000, 'client_mismatch'],
    [53005, 'protection_policy_required'],
    [50097, 'device_authentication_failed'],
  ])('(%s, %s) has expired too, whatever the suberror', async (number, suberror) => {
    accessEnds({ refreshRefusal: { number, suberror } })
    await refreshFails('sign-in-expired')
    expect(device.account.details).toMatchObject({ serviceCode: `AADSTS${number}` })
  })

  it('(consent_required) means that the permission was taken back', async () => {
    accessEnds({ refreshRefusal: { number: 90094, suberror: 'consent_required' } })
    await refreshFails('permission-removed')
  })

  it('can be repaired by a restart, which asks the person', async () => {
    sandbox.revokeSessions('user')
    accessEnds()
    await refreshFails('sign-in-expired')
    expect(await device.attempt('restart')).toMatchObject({ state: 'imported', code: null })
    expect(await device.silently('refresh')).toMatchObject({ state: 'imported' })
  })
})

describe('a challenge of continuous access evaluation', () => {
  beforeEach(() => device.attempt())
  const challenge: SettingsChange = { faults: [{ kind: 'claims-challenge', times: 1 }] }

  it('is answered with a token that has the claims, and the person notices nothing', async () => {
    const before = sandbox.issuedSecrets().length
    sandbox.settings.change(challenge)
    expect(await device.silently('refresh')).toMatchObject({ state: 'imported' })
    expect(sandbox.issuedSecrets().length).toBeGreaterThan(before)
  })

  it('for an account whose sessions were revoked requires a new sign-in', async () => {
    sandbox.revokeSessions('user')
    sandbox.settings.change(challenge)
    await refreshFails('sign-in-expired')
    expect(device.account.details).toMatchObject({ serviceCode: 'AADSTS50173' })
    await signOutAndIn()
  })
})

it('a mailbox that no longer exists leaves its list on the device', async () => {
  await device.attempt()
  sandbox.settings.change({ faults: [{ kind: 'status', status: 404 }] })
  await refreshFails('no-mailbox')
  sandbox.settings.change({ faults: [] })
  expect(await device.silently('refresh')).toMatchObject({ state: 'imported' })
})
