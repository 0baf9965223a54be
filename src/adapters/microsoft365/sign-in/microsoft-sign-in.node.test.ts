import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { signInSetup } from '../../../../test/sign-in-setup.ts'
import type { BrowserOpener } from '../../../ports/browser-opener.ts'
import { signInContract } from '../../../testing/contracts/sign-in-contract.ts'
import type { SignInCore } from '../../../testing/contracts/sign-in-core.ts'
import { signInCore } from '../../../testing/contracts/sign-in-core.ts'

const setup = signInSetup()

signInContract('Microsoft, at the smallest authority', async () => {
  const made = setup.make()
  return {
    signIn: made,
    visit: (address, decision) =>
      setup.authority.visit(address, decision === 'accept' ? undefined : { error: 'access_denied' }),
    hasAccess: () => made.accessToken({ signal: new AbortController().signal }).then(Boolean, () => false),
    dispose: () => made.close(),
  }
})

/** Short enough to copy by hand. */
const startLinks = /^http:\/\/localhost:\d+\/[2-9a-z]{10}$/

describe('the address of the sign-in page', () => {
  it('asks for an account, for reading contacts only, with PKCE and the answer in a form', async () => {
    const { address, core, done } = await setup.begin(setup.make())
    const asked = Object.fromEntries(new URL(address).searchParams)
    expect(asked).toMatchObject({
      client_id: 'client-1',
      scope: 'Contacts.Read openid profile offline_access',
      response_mode: 'form_post',
      prompt: 'select_account',
      code_challenge_method: 'S256',
      nonce: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    })
    expect(asked.redirect_uri).toMatch(/^http:\/\/localhost:\d+$/)
    core.cancel()
    await done
  })

  it('holds the id of the attempt in no readable form', async () => {
    const { address, core, done } = await setup.begin(setup.make(), 'b7d3c2f4-attempt')
    expect(address).not.toContain('b7d3c2f4')
    expect(new URL(address).searchParams.get('state')).toMatch(/^[\w-]{43}$/)
    core.cancel()
    await done
  })

  it('is opened in the browser by a link, and whether that worked is reported', async () => {
    for (const opened of [true, false]) {
      const openBrowser = vi.fn<BrowserOpener>(async () => opened)
      const { link, core, done } = await setup.begin(setup.make({ openBrowser }))
      await vi.waitFor(() => expect(core.progress).toHaveLength(2), 60_000)
      expect(core.progress[1]).toMatchObject({ address: link, opened })
      expect(openBrowser).toHaveBeenCalledExactlyOnceWith(expect.stringMatching(startLinks))
      core.cancel()
      await done
    }
  })

  it('is in nothing that is opened or shown, not even in part', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ status: 400, body: { error: 'invalid_grant' } })
    await made.close()
    const openBrowser = vi.fn<BrowserOpener>(async () => true)
    const { address, core, done } = await setup.begin(setup.make({ openBrowser }))
    const { redirect_uri, ...asked } = Object.fromEntries(new URL(address).searchParams)
    const secrets = Object.values(asked).filter((value) => value.length > 2)
    expect(secrets).toContain('ada@example.org')
    const shown = core.progress.map((progress) => progress.address ?? '')
    for (const link of [...shown, openBrowser.mock.lastCall?.[0] ?? '']) {
      expect(link).toMatch(startLinks)
      for (const secret of secrets) expect(link).not.toContain(secret)
    }
    core.cancel()
    await done
  })

  it('proposes the account of the earlier sign-in when that has expired', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ status: 400, body: { error: 'invalid_grant' } })
    const { address, core, done } = await setup.begin(made)
    expect(new URL(address).searchParams.get('login_hint')).toBe('ada@example.org')
    expect(new URL(address).searchParams.has('prompt')).toBe(false)
    core.cancel()
    await done
  })
})

describe('the tab', () => {
  const page = async (
    answer: Record<string, string> | undefined,
    prepare: (core: SignInCore) => void = () => undefined,
  ) => {
    const made = setup.make()
    const { core, done, visit } = await setup.begin(made)
    prepare(core)
    const tab = await visit(answer)
    const failure: unknown = await done.then(
      () => null,
      (error: unknown) => Reflect.get(Object(error), 'code') as unknown,
    )
    await made.close()
    return { heading: /<h1>(.*)<\/h1>/.exec(tab.page)?.[1], failure }
  }

  it('says that the import continues', async () => {
    expect(await page(undefined)).toEqual({ heading: 'Done', failure: null })
  })

  it('says why the import does not continue', async () => {
    expect(await page({ error: 'access_denied', error_description: 'AADSTS65004: no' })).toEqual({
      heading: 'You did not agree',
      failure: 'consent-declined',
    })
    expect(await page({ error: 'access_denied', error_description: 'AADSTS90094: ask' })).toEqual({
      heading: 'Your organization has to approve this app first',
      failure: 'admin-approval-needed',
    })
    setup.authority.answer = () => setup.authority.grant({ scope: 'openid User.Read' })
    expect(await page(undefined)).toEqual({
      heading: 'The app has no permission to read your contacts',
      failure: 'permission-missing',
    })
    setup.authority.answer = () => ({
      status: 401,
      body: { error: 'invalid_client', error_codes: [7000218] },
    })
    expect(await page(undefined)).toEqual({
      heading: 'The sign-in did not work',
      failure: 'app-misconfigured',
    })
  })

  it('says that it was another account, and that it was cancelled while the code was redeemed', async () => {
    const refuse = (reason: 'different-account' | 'attempt-over') => (core: SignInCore) => {
      core.answers['consent.granted'] = () => ({ accepted: false, reason })
    }
    expect(await page(undefined, refuse('different-account'))).toEqual({
      heading: 'You signed in with a different account',
      failure: null,
    })
    expect(await page(undefined, refuse('attempt-over'))).toEqual({
      heading: 'This import was cancelled',
      failure: null,
    })
    setup.authority.answer = () => ({ ...setup.authority.grant(), delay: 30_000 })
    expect(await page(undefined, (core) => setTimeout(core.cancel, 50))).toEqual({
      heading: 'This import was cancelled',
      failure: null,
    })
  })

  it('says after a cancel that the import must be started again, and its code stays unused', async () => {
    const made = setup.make()
    const { core, done, visit } = await setup.begin(made)
    core.cancel()
    await done
    const { page } = await visit()
    expect(page).toContain('This import was cancelled')
    expect(page).toContain('Go back to the app and start the import again.')
    expect(setup.authority.requests).toEqual([])
    expect(existsSync(setup.tokenFile)).toBe(false)
  })

  it('says after the time limit that it came too late, and its code stays unused', async () => {
    const made = setup.make({ consentTimeout: 300 })
    const { core, done, visit } = await setup.begin(made)
    await expect(done).rejects.toMatchObject({ code: 'consent-timed-out' })
    expect((await visit()).page).toContain('The sign-in took too long')
    expect(core.reports).toEqual([{ type: 'sign-in.answered' }])
    expect(setup.authority.requests).toEqual([])
  })

  it('gets its page even when the app is closed right after', async () => {
    const made = setup.make()
    const { done, visit } = await setup.begin(made)
    const closed = done.catch(() => made.close())
    expect((await visit({ error: 'access_denied' })).page).toContain('You did not agree')
    await closed
  })
})

describe('a sign-in', () => {
  it('has no time limit once the person has answered', async () => {
    const made = setup.make({ consentTimeout: 1500 })
    setup.authority.answer = () => ({ ...setup.authority.grant(), delay: 2000 })
    const { done, visit } = await setup.begin(made)
    expect((await visit()).page).toContain('Done')
    await done
  })

  it('accepts no id token that was issued for another sign-in', async () => {
    setup.authority.answer = () => setup.authority.grant({}, { nonce: 'of another sign-in' })
    const { core, done, visit } = await setup.begin(setup.make())
    await visit()
    await expect(done).rejects.toMatchObject({ code: 'bad-answer' })
    expect(core.reports).toEqual([{ type: 'sign-in.answered' }])
  })

  it('ends immediately when it is cancelled while the authority does not answer', async () => {
    await setup.signedIn()
    const silent = createServer(() => undefined)
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const core = signInCore()
    const done = setup
      .make({ authority: `http://localhost:${port}/common` })
      .signIn({ attempt: 'a' }, core.context)
    await once(silent, 'request')
    core.cancel()
    const start = performance.now()
    await done
    expect(performance.now() - start).toBeLessThan(500)
    silent.close().closeAllConnections()
  })

  it('fails as offline if the authority cannot be reached, and opens no tab', async () => {
    for (const prepare of [async () => undefined, setup.signedIn]) {
      await prepare()
      const core = signInCore()
      const unreachable = setup.make({ authority: 'http://localhost:1/common' })
      await expect(unreachable.signIn({ attempt: 'a' }, core.context)).rejects.toMatchObject({
        code: 'offline',
      })
      expect(core.progress).toEqual([])
    }
  })

  it('opens no tab when the authority has an outage while access is renewed', async () => {
    const made = await setup.signedIn()
    setup.authority.answer = () => ({ status: 503 })
    const core = signInCore()
    await expect(made.signIn({ attempt: 'a' }, core.context)).rejects.toMatchObject({
      code: 'service-unavailable',
    })
    expect(core.progress).toEqual([])
  })
})
