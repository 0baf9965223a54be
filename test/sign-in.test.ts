import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RobotOptions, Sandbox, SettingsChange } from '../sandbox/index.ts'
import { robotWalk, startSandbox } from '../sandbox/index.ts'
import type { MicrosoftSignInOptions } from '../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { microsoftSignIn } from '../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { signInContract } from '../src/testing/contracts/sign-in-contract.ts'
import { signInCore } from '../src/testing/contracts/sign-in-core.ts'
import { newFolder } from './temp-folder.ts'

const { signal } = new AbortController()
let sandbox: Sandbox
let folder: string
const made: ReturnType<typeof microsoftSignIn>[] = []

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 3 })
})
afterAll(() => sandbox.close())
beforeEach(async () => {
  folder = await newFolder()
})
afterEach(async () => {
  await Promise.all(made.splice(0).map((each) => each.close()))
  for (const { id } of sandbox.people) sandbox.revokeConsent(id)
  sandbox.settings.change({ ...ordinary })
})

const ordinary = {
  needAdminApproval: false,
  declineForm: 'described',
  withheldScopes: [],
  refreshRefusal: null,
  faults: [],
  deviceCodeInterval: 5,
} satisfies SettingsChange

const make = (options: Partial<MicrosoftSignInOptions> = {}) => {
  const signIn = microsoftSignIn({
    clientId: sandbox.clientId,
    authority: sandbox.authority,
    graphUrl: sandbox.graphUrl,
    tokenFile: join(folder, 'tokens.json'),
    openBrowser: async () => false,
    ...options,
  })
  made.push(signIn)
  return signIn
}

/** One sign-in by the robot: the last page, the account, and the code of a failure. */
const signIn = async (options: RobotOptions, subject = make()) => {
  const core = signInCore()
  const done = subject.signIn({ attempt: crypto.randomUUID() }, core.context).then(
    () => null,
    (error: unknown) => error,
  )
  const page = await robotWalk(await core.address, options)
  const granted = core.reports.find((report) => report.type === 'consent.granted')
  return { subject, page, account: granted?.account ?? null, failure: await done }
}

const contactsSeen = async (token: string): Promise<number> =>
  (await fetch(`${sandbox.graphUrl}/me/contacts`, { headers: { authorization: `Bearer ${token}` } })).status

signInContract('Microsoft, at a whole tenant', async () => {
  const subject = make()
  return {
    signIn: subject,
    visit: (address, decision) => robotWalk(address, { decision }),
    hasAccess: () => subject.accessToken({ signal }).then(Boolean, () => false),
    dispose: () => subject.close(),
  }
})

signInContract('Microsoft, by a device code', async () => {
  sandbox.settings.change({ deviceCodeInterval: 0.05 })
  const subject = make({ deviceCode: true })
  return {
    signIn: subject,
    visit: (address, decision, userCode = '') =>
      robotWalk(`${address}?${new URLSearchParams({ user_code: userCode }).toString()}`, { decision }),
    hasAccess: () => subject.accessToken({ signal }).then(Boolean, () => false),
    dispose: () => subject.close(),
  }
})

describe('a sign-in at the tenant', () => {
  it('ends with a token for the contacts, and reports the account', async () => {
    const { subject, page, account, failure } = await signIn({ decision: 'accept' })
    const [user] = sandbox.people
    expect(failure).toBeNull()
    expect(page).toContain('Done Your contacts are being imported.')
    expect(account).toEqual({
      id: `${user?.tenantId}.${user?.objectId}`,
      username: user?.username,
      name: user?.name,
    })
    expect(await contactsSeen(await subject.accessToken({ signal }))).toBe(200)
  })

  it('accepts MSAL settings as well as a plain address', async () => {
    const { subject, failure } = await signIn({ decision: 'accept' }, make({ ...sandbox.signInOptions }))
    expect(failure).toBeNull()
    expect(await contactsSeen(await subject.accessToken({ signal }))).toBe(200)
  })

  it('may ask for contacts by the full name of the permission', async () => {
    const subject = make({ graphUrl: 'https://graph.microsoft.com/v1.0' })
    expect((await signIn({ decision: 'accept' }, subject)).failure).toBeNull()
    const token = await subject.accessToken({ signal })
    expect(await contactsSeen(token)).toBe(200)
    expect(await subject.accessToken({ signal })).toBe(token)
  })

  it('works for an administrator who agrees for all, and for a personal account', async () => {
    for (const account of ['admin', 'personal']) {
      const subject = make({ tokenFile: null })
      const { failure } = await signIn({ decision: 'accept', organization: true, account }, subject)
      expect(failure).toBeNull()
    }
  })

  it.each(['described', 'subcode', 'consent-required', 'personal'] as const)(
    'that is declined says so, whichever way Microsoft words it (%s)',
    async (declineForm) => {
      sandbox.settings.change({ declineForm })
      const { page, failure } = await signIn({ decision: 'decline' })
      expect(failure).toMatchObject({ code: 'consent-declined' })
      expect(page).toContain('You did not agree')
      expect(existsSync(join(folder, 'tokens.json'))).toBe(false)
    },
  )

  it('that needs an administrator ends like a declined one, because Microsoft does not distinguish them', async () => {
    sandbox.settings.change({ needAdminApproval: true })
    const { page, account, failure } = await signIn({ decision: 'accept' })
    expect(account).toBeNull()
    expect(failure).toMatchObject({ code: 'consent-declined' })
    expect(page).toContain(
      'If the page said that an administrator must approve this app, ask your administrator first.',
    )
  })

  it('that does not include contacts says that the permission is missing', async () => {
    sandbox.settings.change({ withheldScopes: ['Contacts.Read'] })
    const { page, account, failure } = await signIn({ decision: 'accept' })
    expect(account).toBeNull()
    expect(failure).toMatchObject({ code: 'permission-missing' })
    expect(page).toContain('The app has no permission to read your contacts')
    expect(existsSync(join(folder, 'tokens.json'))).toBe(false)
  })
})

describe('access', () => {
  const refused = async (change: () => void) => {
    const { subject } = await signIn({ decision: 'accept' })
    const token = await subject.accessToken({ signal })
    change()
    const failure: unknown = await subject
      .accessToken({ signal, refused: token })
      .catch((error: unknown) => error)
    return { subject, token, failure }
  }

  it('is renewed without asking the person', async () => {
    const { token, failure } = await refused(() => undefined)
    expect(failure).toEqual(expect.any(String))
    expect(failure).not.toBe(token)
    expect(await contactsSeen(String(failure))).toBe(200)
  })

  it('that the person took back fails as permission-removed', async () => {
    const { failure } = await refused(() => sandbox.revokeConsent('user'))
    expect(failure).toMatchObject({ code: 'permission-removed', details: { serviceCode: 'AADSTS65001' } })
  })

  it('that was revoked otherwise fails as sign-in-expired, now and later', async () => {
    const { subject, failure, token } = await refused(() => sandbox.revokeSessions('user'))
    expect(failure).toMatchObject({ code: 'sign-in-expired', details: { serviceCode: 'AADSTS50173' } })
    await expect(subject.accessToken({ signal, refused: token })).rejects.toMatchObject({
      code: 'sign-in-expired',
    })
  })

  it.each([
    ['65001', 'permission-removed'],
    ['50173', 'sign-in-expired'],
    ['70043', 'sign-in-expired'],
    ['700082', 'sign-in-expired'],
    ['plain', 'sign-in-expired'],
  ] as const)('refused with %s is %s', async (refreshRefusal, code) => {
    const { failure } = await refused(() => sandbox.settings.change({ refreshRefusal }))
    expect(failure).toMatchObject({ code })
  })

  it('is restored by a new consent in a tab', async () => {
    const { subject } = await refused(() => sandbox.revokeConsent('user'))
    const again = await signIn({ decision: 'accept' }, subject)
    expect(again.failure).toBeNull()
    expect(await contactsSeen(await subject.accessToken({ signal }))).toBe(200)
  })
})
