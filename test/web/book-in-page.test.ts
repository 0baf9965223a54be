import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../../sandbox/index.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { launchBrowser } from '../browser.ts'
import type { BookPage } from './book.page.ts'
import { decide, says } from './person.ts'
import { type Site, startSite } from './site.ts'

/** In a page; `page` is what its script has made. */
declare const page: BookPage

let browser: Browser
let sandbox: Sandbox
let site: Site
let context: BrowserContext
let app: Page

beforeAll(async () => {
  ;[browser, sandbox] = await Promise.all([launchBrowser(), startSandbox({ contacts: 30 })])
  site = await startSite(sandbox.origin, 'book.page.ts')
  sandbox.settings.change({ spaRedirects: [site.signInPage] })
})
afterAll(async () => {
  await browser.close()
  await Promise.all([site.close(), sandbox.close()])
})
beforeEach(async () => {
  context = await browser.newContext()
  app = await context.newPage()
  await app.goto(site.app)
  await app.waitForFunction(() => 'page' in globalThis)
})
afterEach(async () => {
  await context.close()
  sandbox.revokeConsent('user')
})

const openWithSignIn = () =>
  app.evaluate((options) => page.openWithSignIn(options), {
    clientId: sandbox.spaClientId,
    authority: sandbox.authority,
    graphUrl: sandbox.graphUrl,
    signInPage: '/sign-in',
  })
const press = async (name: string): Promise<Page> => {
  const opened = context.waitForEvent('page')
  await app.getByRole('button', { name }).click()
  return opened
}
const state = () => app.evaluate(() => page.account()?.state)

it('a click, an answer in the tab, and the contacts are in the page', async () => {
  await openWithSignIn()
  await decide(await press('signIn'), 'accept')
  await expect.poll(state).toBe('imported')
  expect(await app.evaluate(() => page.contacts())).toBe(30)
  await expect.poll(() => app.evaluate(() => page.account()?.accessUntil)).toEqual(expect.any(String))
})

it('all requests of an import go to one address, so that preflights are spared', async () => {
  sandbox.requests.clear()
  await openWithSignIn()
  await decide(await press('signIn'), 'accept')
  await expect.poll(state).toBe('imported')
  const graph = sandbox.requests.entries.filter(({ path }) => path.startsWith('/v1.0'))
  const asked = graph.filter(({ method }) => method === 'OPTIONS')
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/v1.0/$batch']))
  // Those of one moment ask together.
  expect(asked.length).toBeLessThanOrEqual(3)
})

it('a cancel in the app, a new click, and only the second tab counts', async () => {
  await openWithSignIn()
  const first = await press('signIn')
  await first.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
  expect(await app.evaluate(() => page.cancel())).toBe(true)
  expect(await state()).toBe('cancelled')
  const second = await press('restart')
  await decide(first, 'accept')
  await says(first, 'This import was cancelled')
  expect(await state()).toBe('consenting')
  await decide(second, 'accept')
  await expect.poll(state).toBe('imported')
})

it('a click whose command is refused leaves no tab behind', async () => {
  await openWithSignIn()
  const tab = await press('restart')
  if (!tab.isClosed()) await tab.waitForEvent('close')
  expect(await state()).toBe('idle')
})

const importWithToken = async () => {
  const token = sandbox.issueToken('user')
  await app.evaluate(
    ([token = '', graphUrl = '']) => page.openWithTokens(token, graphUrl),
    [token, sandbox.graphUrl],
  )
  return app.evaluate(() => page.signIn())
}

it('an app with tokens of its own imports without a tab', async () => {
  expect(await importWithToken()).toBe('imported')
  expect(await app.evaluate(() => page.contacts())).toBe(30)
  expect(context.pages()).toHaveLength(1)
})

describe('code that a page can no longer load', () => {
  /** As after a new deployment, whose server no longer has the chunks of the last one. */
  const withoutChunks = () => context.route('**/*.js', (route) => route.abort())

  it('fails with a code where it is needed, and the list stays', async () => {
    expect(await importWithToken()).toBe('imported')
    expect(await app.evaluate(() => page.past())).toEqual([30])
    await app.reload()
    await app.waitForFunction(() => 'page' in globalThis)
    expect(await importWithToken()).toBe('imported')
    await withoutChunks()
    expect(await app.evaluate(() => page.past())).toBe('service-unavailable')
    expect(await app.evaluate(() => page.photo())).toBe('service-unavailable')
    expect(await app.evaluate(() => page.contacts())).toBe(30)
  })

  it('fails as offline without a network', async () => {
    expect(await importWithToken()).toBe('imported')
    await context.setOffline(true)
    expect(await app.evaluate(() => page.past())).toBe('offline')
    expect(await app.evaluate(() => page.contacts())).toBe(30)
  })

  it('is needed neither by an import nor by a sign-out', async () => {
    await app.route('**/*.js', (route) =>
      route.request().url().includes('graph') ? route.continue() : route.abort(),
    )
    expect(await importWithToken()).toBe('imported')
    await withoutChunks()
    expect(await app.evaluate(() => page.signOut())).toBe(true)
    expect(await app.evaluate(() => page.contacts())).toBe(0)
    expect(await app.evaluate(() => page.past())).toBe('service-unavailable')
  })
})
