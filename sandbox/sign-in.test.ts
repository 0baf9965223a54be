import { type AccountInfo, InteractionRequiredAuthError, PublicClientApplication } from '@azure/msal-node'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { graphVisitor } from './graph-visitor.ts'
import { robotWalk, type RobotOptions, type Sandbox, startSandbox } from './index.ts'

let sandbox: Sandbox
let app: PublicClientApplication
let pages: { name: string; text: string }[]

beforeEach(async () => {
  sandbox = await startSandbox({ contacts: 15 })
  pages = []
  app = newApp()
})
afterEach(() => sandbox.close())

const newApp = (): PublicClientApplication => {
  const { knownAuthorities, ...auth } = sandbox.signInOptions
  return new PublicClientApplication({ auth: { ...auth, knownAuthorities: [...knownAuthorities] } })
}

const SCOPES = ['https://graph.microsoft.com/Contacts.Read']

const signIn = (options: Partial<RobotOptions> = {}, scopes = SCOPES) =>
  app.acquireTokenInteractive({
    scopes,
    prompt: 'select_account',
    openBrowser: async (address) => {
      const opener = sandbox.robot({ decision: 'accept', onPage: (page) => pages.push(page), ...options })
      expect(await opener(address)).toBe(true)
    },
  })

const refresh = (account: AccountInfo | null) =>
  app.acquireTokenSilent({ account: account!, scopes: SCOPES, forceRefresh: true })

const namesOf = (): string[] =>
  pages.map(({ name }) => name).filter((name) => !['', 'form-post'].includes(name))

describe('accepting', () => {
  test('leads through the account and permission pages to a token for contacts, by full or short scope names', async () => {
    const { account, accessToken, scopes } = await signIn()
    expect(namesOf()).toEqual(['choose-account', 'permissions'])
    for (const { name, text } of pages) if (name !== '') expect(text).toContain('SANDBOX: not Microsoft')
    expect(pages[1]!.text).toContain('Permissions requested')
    expect(pages[1]!.text).toContain('Read your contacts')
    expect(pages[1]!.text).toContain('Keep access while you are away')
    expect(pages[1]!.text).not.toContain('organization')
    expect(account).toMatchObject({ username: 'mira@sandbox.example', name: 'Mira Lindqvist' })
    expect(account!.homeAccountId).toBe(`${sandbox.people[0]!.objectId}.${sandbox.people[0]!.tenantId}`)
    expect(scopes).toContain('https://graph.microsoft.com/Contacts.Read')
    expect((await graphVisitor(sandbox, 'user', accessToken).get('/me/contacts')).status).toBe(200)
    expect((await graphVisitor(sandbox, 'user', accessToken).get('/me')).status).toBe(403)
    expect((await app.acquireTokenSilent({ account: account!, scopes: SCOPES })).fromCache).toBe(true)

    const short = await signIn({}, ['Contacts.Read', 'User.Read'])
    expect(short.scopes).toContain('User.Read')
    expect((await graphVisitor(sandbox, 'user', short.accessToken).get('/me')).status).toBe(200)
  })

  test('is needed once: the next sign-in shows no permissions', async () => {
    await signIn()
    pages = []
    await signIn()
    expect(namesOf()).toEqual(['choose-account'])
  })

  test('on behalf of the organization counts for all its people; without the tick it does not', async () => {
    await signIn({ account: 'admin' })
    expect(pages[1]!.text).toContain('Consent on behalf of your organization')
    pages = []
    await signIn({ account: 'user' })
    expect(namesOf()).toContain('permissions')

    await sandbox.close()
    sandbox = await startSandbox({ contacts: 15 })
    app = newApp()
    await signIn({ account: 'admin', organization: true })
    pages = []
    await signIn({ account: 'user' })
    expect(namesOf()).toEqual(['choose-account'])
  })

  test('with a scope withheld gives a token that cannot read contacts', async () => {
    sandbox.settings.change({ withheldScopes: ['Contacts.Read'] })
    const { accessToken, scopes } = await signIn({}, ['Contacts.Read', 'User.Read'])
    expect(scopes).not.toContain('Contacts.Read')
    expect((await graphVisitor(sandbox, 'user', accessToken).get('/me/contacts')).error.code).toBe(
      'ErrorAccessDenied',
    )
  })

  test('as a person without a mailbox, and with a personal account', async () => {
    const nobody = await signIn({ account: 'no-mailbox' })
    expect(
      (await graphVisitor(sandbox, 'no-mailbox', nobody.accessToken).get('/me/contacts')).error.code,
    ).toBe('MailboxNotEnabledForRESTAPI')
    const personal = await signIn({ account: 'personal' })
    expect(personal.tenantId).toBe('9188040d-6c67-4c5b-b112-36a304b66dad')
    expect(
      (await graphVisitor(sandbox, 'personal', personal.accessToken).all('/me/contacts')).items.length,
    ).toBeGreaterThan(0)
  })
})

describe('declining', () => {
  test('returns access_denied with AADSTS65004', async () => {
    await expect(signIn({ decision: 'decline' })).rejects.toMatchObject({
      errorCode: 'access_denied',
      errorMessage: expect.stringContaining('AADSTS65004') as string,
    })
  })

  test('returns the other wordings if the settings demand them', async () => {
    sandbox.settings.change({ declineForm: 'consent-required' })
    await expect(signIn({ decision: 'decline' })).rejects.toMatchObject({ errorCode: 'consent_required' })
    sandbox.settings.change({ declineForm: 'personal' })
    await expect(signIn({ decision: 'decline' })).rejects.toMatchObject({
      errorMessage: expect.stringContaining('denied access to the scope') as string,
    })
    sandbox.settings.change({ declineForm: 'subcode' })
    const refused = signIn({ decision: 'decline' })
    await expect(refused).rejects.toMatchObject({ errorCode: 'access_denied' })
    await expect(refused).rejects.not.toMatchObject({
      errorMessage: expect.stringContaining('AADSTS') as string,
    })
  })

  test('is the only choice if an administrator must consent', async () => {
    sandbox.settings.change({ needAdminApproval: true })
    await expect(signIn()).rejects.toMatchObject({ errorCode: 'access_denied' })
    expect(namesOf()).toContain('need-approval')
    pages = []
    await signIn({ account: 'admin', organization: true })
    await signIn()
    expect(pages.at(-1)?.name).not.toBe('need-approval')
  })

  test('by going away leaves the app without an answer', async () => {
    let settled = false
    const over = (): void => {
      settled = true
    }
    signIn({ decision: 'abandon' }).then(over, over)
    await expect.poll(namesOf, { timeout: 10_000 }).toEqual(['choose-account'])
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(settled).toBe(false)
  })
})

describe('renewing', () => {
  test('returns new tokens, and the old refresh token still works', async () => {
    const first = await signIn()
    const second = await refresh(first.account)
    const third = await refresh(first.account)
    expect(new Set([first.accessToken, second.accessToken, third.accessToken]).size).toBe(3)
    expect(second.fromCache).toBe(false)
  })

  test('fails with 65001 after consent is revoked, while the old access token still works', async () => {
    const { account, accessToken } = await signIn()
    sandbox.revokeConsent('user')
    expect((await graphVisitor(sandbox, 'user', accessToken).get('/me/contacts')).status).toBe(200)
    const failed = refresh(account)
    await expect(failed).rejects.toBeInstanceOf(InteractionRequiredAuthError)
    await expect(failed).rejects.toMatchObject({
      errorCode: 'invalid_grant',
      subError: 'consent_required',
      errorNo: 65001,
    })
    pages = []
    expect((await signIn()).accessToken).not.toBe(accessToken)
    expect(namesOf()).toContain('permissions')
    await refresh(account)
  })

  test('fails with 50173 after sessions are revoked, and works again after a new sign-in', async () => {
    const { account } = await signIn()
    sandbox.revokeSessions('user')
    await expect(refresh(account)).rejects.toMatchObject({ subError: 'bad_token', errorNo: 50173 })
    const again = await signIn()
    await refresh(again.account)
  })

  test.each([
    ['70043', 'token_expired'],
    ['700082', ''],
    ['plain', ''],
  ] as const)('can be refused as %s', async (refreshRefusal, subError) => {
    const { account } = await signIn()
    sandbox.settings.change({ refreshRefusal })
    await expect(refresh(account)).rejects.toMatchObject({ errorCode: 'invalid_grant', subError })
  })

  test('access tokens are valid as long as the setting says', async () => {
    sandbox.settings.change({ accessTokenLifetime: 1 })
    const { accessToken, expiresOn } = await signIn()
    expect(expiresOn!.getTime() - Date.now()).toBeLessThan(2000)
    const graph = graphVisitor(sandbox, 'user', accessToken)
    await expect
      .poll(async () => (await graph.get('/me/contacts')).error.message, { timeout: 10_000 })
      .toBe('Lifetime validation failed, the token is expired.')
  })
})

describe('a device code', () => {
  test('signs in from another browser; MSAL polls at the given interval', async () => {
    expect(sandbox.settings.current.deviceCodeInterval).toBe(5)
    sandbox.settings.change({ deviceCodeInterval: 1 })
    let interval = 0
    const result = await app.acquireTokenByDeviceCode({
      scopes: SCOPES,
      deviceCodeCallback: ({ message, userCode, verificationUri, interval: seconds }) => {
        interval = seconds
        expect(message).toContain(userCode)
        void robotWalk(`${verificationUri}?user_code=${userCode}`, {
          decision: 'accept',
          onPage: (page) => pages.push(page),
        })
      },
    })
    expect(interval).toBe(1)
    expect(namesOf()).toEqual(['device-confirm', 'choose-account', 'permissions', 'device-done'])
    expect((await graphVisitor(sandbox, 'user', result!.accessToken).get('/me/contacts')).status).toBe(200)
  })
})
