import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type RobotOptions, robotWalk, type Sandbox, startSandbox } from '../../sandbox/index.ts'
import { googleSignIn, type GoogleSourceOptions } from '../../src/adapters/google/google.node.ts'
import { signInContract } from '../../src/testing/contracts/sign-in-contract.ts'
import { signInCore } from '../../src/testing/contracts/sign-in-core.ts'
import { newFolder, test as base } from '../temp-folder.ts'

const { signal } = new AbortController()
let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ contacts: 3, googleContacts: 3 })
})
afterAll(() => sandbox.close())

const made = async (folder: string, options: Partial<GoogleSourceOptions> = {}) => {
  for (const { id } of sandbox.people) sandbox.google.revoke(id)
  sandbox.settings.change({ faults: [], withheldScopes: [] })
  const { clientId, clientSecret, issuer: authority } = sandbox.google
  return googleSignIn({
    ...{ clientId, clientSecret, authority, fetch, tokenFile: join(folder, 'tokens.json') },
    openBrowser: async () => false,
    ...options,
  })
}

signInContract('Google', async () => {
  const subject = await made(await newFolder())
  return {
    signIn: subject,
    visit: (address, decision) => robotWalk(address, { decision }),
    hasAccess: () => subject.accessToken({ signal }).then(Boolean, () => false),
    dispose: () => subject.close(),
  }
})

const test = base.extend('subject', async ({ folder }, { onCleanup }) => {
  const subject = await made(folder)
  onCleanup(() => subject.close())
  return subject
})

/** One sign-in by the robot: the last page, the account, and the code of a failure. */
const signedIn = async (
  subject: Awaited<ReturnType<typeof made>>,
  options: Omit<RobotOptions, 'decision'> & Partial<RobotOptions> = {},
) => {
  const core = signInCore()
  const done = subject.signIn({ attempt: crypto.randomUUID() }, core.context).then(
    () => null,
    (error: unknown) => error,
  )
  const page = await robotWalk(await core.address, { decision: 'accept', ...options })
  const granted = core.reports.find((report) => report.type === 'consent.granted')
  return { page, account: granted?.account, failure: await done }
}

describe('a sign-in to Google', () => {
  test('reports who signed in, and keeps a refresh token that only this user can read', async ({
    subject,
    folder,
  }) => {
    const { page, account, failure } = await signedIn(subject)
    const [user] = sandbox.people
    expect(failure).toBeNull()
    expect(page).toContain('Done Your contacts are being imported.')
    expect(account).toMatchObject({ id: expect.stringMatching(/^\d+$/) as string, username: user?.username })
    expect(await subject.accessToken({ signal })).toMatch(/.+/)
    const kept = await readFile(join(folder, 'tokens.json'), 'utf8')
    // The access token is in memory only.
    expect(kept).not.toContain(await subject.accessToken({ signal }))
  })

  test('in which the person unticks the contacts is a missing permission, and keeps no tokens', async ({
    subject,
    folder,
  }) => {
    const { page, failure } = await signedIn(subject, { untick: true })
    expect(failure).toMatchObject({ code: 'permission-missing' })
    expect(page).toContain('The app has no permission to read your contacts')
    expect(existsSync(join(folder, 'tokens.json'))).toBe(false)
    await expect(subject.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  test('that is declined says so', async ({ subject }) => {
    const { page, failure } = await signedIn(subject, { decision: 'decline' })
    expect(failure).toMatchObject({ code: 'consent-declined' })
    expect(page).toContain('You did not agree')
  })

  test('is not asked again by another process while the access is valid', async ({ subject, folder }) => {
    await signedIn(subject)
    const { clientId, clientSecret, issuer: authority } = sandbox.google
    const other = googleSignIn({
      ...{ clientId, clientSecret, authority, fetch, tokenFile: join(folder, 'tokens.json') },
      openBrowser: async () => false,
    })
    const core = signInCore()
    await other.signIn({ attempt: 'later' }, core.context)
    expect(core.reports.map(({ type }) => type)).toEqual(['consent.granted'])
    expect(await other.accessToken({ signal })).toMatch(/.+/)
    await other.close()
  })

  test('that was revoked has expired, and the next one asks the person', async ({ subject }) => {
    await signedIn(subject)
    const token = await subject.accessToken({ signal })
    sandbox.google.revoke('user')
    await expect(subject.accessToken({ signal, refused: token })).rejects.toMatchObject({
      code: 'sign-in-expired',
      details: { serviceCode: 'invalid_grant' },
    })
    expect((await signedIn(subject)).failure).toBeNull()
  })

  test('without the secret that Google demands is a mistake of the app', async ({ folder }) => {
    const { clientId, issuer: authority } = sandbox.google
    const subject = await made(folder)
    await subject.close()
    const without = googleSignIn({
      ...{ clientId, authority, fetch, tokenFile: null },
      openBrowser: async () => false,
    })
    expect((await signedIn(without)).failure).toMatchObject({ code: 'app-misconfigured' })
    await without.close()
  })

  test('is not redeemed if another authority answers', async ({ subject }) => {
    sandbox.settings.change({ answerIssuer: 'other' })
    const core = signInCore()
    const done = subject.signIn({ attempt: 'mixed-up' }, core.context)
    const page = await robotWalk(await core.address, { decision: 'accept' })
    expect(page).toContain('This answer came from another service')
    core.cancel()
    await done
    expect(core.reports).toEqual([])
    sandbox.settings.change({ answerIssuer: 'right' })
  })

  test('survives an outage of the token endpoint', async ({ subject }) => {
    sandbox.settings.change({
      faults: [{ kind: 'status', status: 503, match: 'POST /google/token', times: 2 }],
    })
    expect((await signedIn(subject)).failure).toBeNull()
  })

  test('leaves nothing after a sign-out', async ({ subject, folder }) => {
    await signedIn(subject)
    expect(await subject.hasTokens?.()).toBe(true)
    await subject.signOut()
    expect(await subject.hasTokens?.()).toBe(false)
    expect(existsSync(join(folder, 'tokens.json'))).toBe(false)
    await expect(subject.accessToken({ signal })).rejects.toMatchObject({ code: 'sign-in-expired' })
  })
})
