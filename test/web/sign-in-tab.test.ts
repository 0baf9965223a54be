import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { signInCore } from '../../src/testing/contracts/sign-in-core.ts'
import { test } from '../browser-test.ts'
import { appContext, begin, type BrowserApp, opened } from './browser-app.ts'
import type { AppPage } from './app.page.ts'
import { decide, decideHere, says } from './person.ts'

/** In a page; `page` is what its script has made. */
declare const page: AppPage

let profile: Awaited<ReturnType<typeof appContext>>
let app: BrowserApp

test.beforeEach(async ({ context, site }) => {
  profile = await appContext(context)
  app = await profile.open(site, site.options)
})

const types = (core: ReturnType<typeof signInCore>) => core.reports.map(({ type }) => type)
const accessToken = (subject = app) => subject.signIn.accessToken({ signal: new AbortController().signal })
const isClosed = (tab: Page) =>
  tab.isClosed() ? Promise.resolve() : tab.waitForEvent('close').then(() => undefined)

/** The sign-in page is there. */
const accounts = (tab: Page) => tab.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()

/** Counts the requests for tokens that a page sends from now on. */
const tokenRequests = (page: Page): (() => number) => {
  let count = 0
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/token')) count++
  })
  return () => count
}

/** A person who has signed in. */
const signedIn = async () => {
  const { failure, tab } = await begin(app)
  await decide(tab, 'accept')
  expect(await failure).toBeNull()
}

describe('a person in the tab of a click', () => {
  test('chooses an account and accepts, and the tab closes itself', async () => {
    const { core, failure, tab } = await begin(app)
    await decide(tab, 'accept')
    expect(await failure).toBeNull()
    await isClosed(tab)
    expect(types(core)).toEqual(['sign-in.answered', 'consent.granted'])
    expect(core.progress.at(-1)).toMatchObject({ opened: true })
    expect(await accessToken()).toEqual(expect.any(String))
  })

  test('presses Cancel, and reads in the tab that nothing was imported', async () => {
    const { failure, tab } = await begin(app)
    await decide(tab, 'decline')
    await says(tab, 'You did not agree')
    expect(await failure).toMatchObject({ code: 'consent-declined' })
  })

  test('leaves no code in the address or the history of the tab', async ({ site }) => {
    const { tab } = await begin(app)
    await decide(tab, 'decline')
    expect(tab.url()).toBe(site.options.signInPage)
    expect(await tab.evaluate(() => location.hash)).toBe('')
  })

  test('accepts after a cancel, and reads that the sign-in was not used; no code is redeemed', async () => {
    const { core, failure, tab } = await begin(app)
    await accounts(tab)
    core.cancel()
    expect(await failure).toBeNull()
    const redeemed = tokenRequests(app.tab)
    await decide(tab, 'accept')
    await says(tab, 'This import was cancelled')
    expect(types(core)).toEqual(['sign-in.answered'])
    expect(redeemed()).toBe(0)
    await expect(accessToken()).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  test('reads that the app does not know the sign-in, if the app was closed', async ({ site }) => {
    site.patience = 1
    const { tab } = await begin(app)
    await accounts(tab)
    await app.tab.close()
    await decide(tab, 'accept')
    await says(tab, 'The app does not know this sign-in')
  })

  test('opens the page again from the app, and finishes there', async () => {
    const { failure, tab } = await begin(app)
    await accounts(tab)
    await tab.close()
    const again = opened(await app.click())
    await decide(again, 'accept')
    expect(await failure).toBeNull()
  })
})

describe('the tab that was opened for a sign-in', () => {
  const until = (core: ReturnType<typeof signInCore>, tab: string) =>
    expect.poll(() => core.progress.at(-1)?.tab).toBe(tab)

  test('is known to be closed, where the sign-in page lets the app see; the sign-in goes on', async ({
    site,
  }) => {
    site.sandbox.settings.change({ openerPolicy: 'none' })
    const { core, failure, tab } = await begin(app)
    await accounts(tab)
    // The app must have seen it open for a while: it looks as often as this counts.
    await app.tab.evaluate(
      () =>
        new Promise<void>((resolve) => {
          let looks = 0
          const timer = setInterval(() => {
            looks++
            if (looks < 8) return
            clearInterval(timer)
            resolve()
          }, 250)
        }),
    )
    await tab.close()
    await until(core, 'closed')
    const again = opened(await app.click())
    await until(core, 'open')
    await decide(again, 'accept')
    expect(await failure).toBeNull()
  })

  test('is never called closed if the sign-in page cuts the tie', async () => {
    const { core, failure, tab } = await begin(app)
    await accounts(tab)
    await until(core, 'unknown')
    await decide(tab, 'accept')
    expect(await failure).toBeNull()
    expect(core.progress.map((progress) => progress.tab)).not.toContain('closed')
  })

  test('is opened in the click, before anything is recorded', async ({ site }) => {
    const tab = opened(await app.click())
    await says(tab, 'One moment')
    expect(tab.url()).toBe(site.options.signInPage)
  })

  test('closes if the access is still valid, and no page is needed', async () => {
    await signedIn()
    const { core, failure, tab } = await begin(app)
    expect(await failure).toBeNull()
    await isClosed(tab)
    expect(types(core)).toEqual(['consent.granted'])
  })

  test('closes if the sign-in fails before there is a page', async ({ site }) => {
    app = await profile.open(site, { ...site.options, authority: `${site.app}nowhere` })
    const { failure, tab } = await begin(app)
    expect(await failure).toMatchObject({ code: 'app-misconfigured' })
    await isClosed(tab)
  })

  test('closes if it is cancelled before there is a page', async ({ context }) => {
    let answer = (): void => undefined
    const asked = new Promise<void>((resolve) => {
      void context.route('**/.well-known/**', async (route) => {
        resolve()
        await new Promise<void>((done) => (answer = done))
        await route.abort()
      })
    })
    const { core, failure, tab } = await begin(app)
    await asked
    core.cancel()
    expect(await failure).toBeNull()
    await isClosed(tab)
    answer()
  })

  test('is given back by a command that was refused', async () => {
    const tab = opened(await app.click())
    await app.tab.evaluate(() => page.closeTab())
    await isClosed(tab)
  })
})

describe('a browser that blocks every tab', () => {
  test.beforeEach(async ({ context, site }) => {
    await context.addInitScript(() => {
      window.open = () => null
    })
    app = await profile.open(site, site.options)
  })

  test('shows the address instead, which works as a link', async ({ context }) => {
    expect(await app.click()).toBeNull()
    const core = signInCore()
    const done = app.signIn.signIn({ attempt: 'a' }, core.context)
    const address = await core.address
    expect(core.progress.at(-1)).toMatchObject({ opened: false })
    const tab = await context.newPage()
    await tab.goto(address)
    await decide(tab, 'accept')
    await done
  })

  test('goes to the sign-in page in its own tab, and finishes after it came back', async ({ site }) => {
    const core = signInCore()
    app.signIn.signIn({ attempt: 'a' }, core.context).catch(() => undefined)
    await core.address
    await app.tab.evaluate(() => page.continueHere())
    await decideHere(app.tab, site.app)
    await app.makeAgain()
    expect(await app.tab.evaluate(() => page.returned())).toBe('a')
    await app.tab.evaluate(() => page.useReturned())
    const next = signInCore()
    await app.signIn.signIn({ attempt: 'b' }, next.context)
    expect(types(next)).toEqual(['sign-in.answered', 'consent.granted'])
    expect(await app.tab.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}')
    expect(await accessToken()).toEqual(expect.any(String))
  })

  test('does not redeem what came back unless the app wants it', async ({ site }) => {
    const core = signInCore()
    app.signIn.signIn({ attempt: 'a' }, core.context).catch(() => undefined)
    await core.address
    await app.tab.evaluate(() => page.continueHere())
    await decideHere(app.tab, site.app)
    const redeemed = tokenRequests(app.tab)
    await app.makeAgain()
    const next = signInCore()
    const done = app.signIn.signIn({ attempt: 'b' }, next.context)
    await next.address
    next.cancel()
    await done
    expect(redeemed()).toBe(0)
    expect(await app.tab.evaluate(() => JSON.stringify(sessionStorage))).toBe('{}')
  })
})

describe('the access', () => {
  test('outlives the page, and no storage of the web has it in the clear', async ({ site }) => {
    await signedIn()
    const stored = await app.tab.evaluate(() => page.stored())
    const secrets = site.sandbox.issuedSecrets()
    expect(secrets.length).toBeGreaterThan(1)
    expect(stored.bytes).toBeGreaterThan(0)
    expect(secrets.filter((secret) => stored.text.includes(secret))).toEqual([])
    await app.reload()
    expect(await accessToken()).toEqual(expect.any(String))
  })

  test('is renewed for two tabs without an answer for the same refresh token', async ({ context, site }) => {
    await signedIn()
    const other = await profile.open(site, site.options)
    const [one, two] = await Promise.all([accessToken(), accessToken(other)])
    const spent: string[] = []
    context.on('request', (request) => {
      const token = new URLSearchParams(request.postData() ?? '').get('refresh_token')
      if (token !== null) spent.push(token)
    })
    const signal = new AbortController().signal
    const renewed = await Promise.all([
      app.signIn.accessToken({ signal, refused: one }),
      other.signIn.accessToken({ signal, refused: two }),
    ])
    expect(new Set(renewed).size).toBe(2)
    expect(spent).toHaveLength(2)
    expect(new Set(spent).size).toBe(2)
  })

  test('is gone after a sign-out, also for a tab that holds a token, and so is its key', async () => {
    await signedIn()
    await app.signIn.signOut()
    expect(await app.signIn.hasTokens?.()).toBe(false)
    expect(profile.keys.size).toBe(0)
    await expect(accessToken()).rejects.toMatchObject({ code: 'sign-in-expired' })
    await app.reload()
    await expect(accessToken()).rejects.toMatchObject({ code: 'sign-in-expired' })
  })

  test('ends a day after the sign-in, whatever was renewed', async () => {
    expect(await app.signIn.accessUntil?.()).toBeNull()
    const before = Date.now()
    await signedIn()
    const until = await app.signIn.accessUntil?.()
    const day = 24 * 3_600_000
    expect(until?.getTime()).toBeGreaterThanOrEqual(before + day)
    expect(until?.getTime()).toBeLessThanOrEqual(Date.now() + day)
    await app.signIn.accessToken({ signal: new AbortController().signal, refused: await accessToken() })
    await app.reload()
    expect(await app.signIn.accessUntil?.()).toEqual(until)
  })
})

describe('the sign-in of the next day', () => {
  const expired = { number: 700084, suberror: 'token_expired' }

  test('needs no page while the person is signed in at Microsoft: the tab comes back and closes itself', async ({
    context,
    site,
  }) => {
    await signedIn()
    const [user] = site.sandbox.people
    site.sandbox.settings.change({ refreshRefusal: expired })
    const asked: string[] = []
    context.on('request', (request) => {
      if (request.url().includes('/authorize')) asked.push(request.url())
    })
    const { core, failure, tab } = await begin(app)
    expect(await failure).toBeNull()
    await isClosed(tab)
    expect(types(core)).toEqual(['sign-in.answered', 'consent.granted'])
    expect(new URL(asked[0] ?? '').searchParams.get('prompt')).toBe('none')
    expect(new URL(asked[0] ?? '').searchParams.get('login_hint')).toBe(user?.username)
  })

  test('shows the accounts in the same tab if Microsoft does not know the person any more', async ({
    context,
    site,
  }) => {
    await signedIn()
    site.sandbox.settings.change({ refreshRefusal: expired })
    await context.clearCookies()
    const { core, failure, tab } = await begin(app)
    await accounts(tab)
    expect(types(core)).toEqual([])
    await decide(tab, 'accept')
    expect(await failure).toBeNull()
  })
})
