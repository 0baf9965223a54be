import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { test } from '../browser-test.ts'
import type { BookPage } from './book.page.ts'
import { decide, says } from './person.ts'
import type { Site } from './site.ts'

/** In a page; `page` is what its script has made. */
declare const page: BookPage

let app: Page
test.beforeEach(async ({ context, site }) => {
  app = await context.newPage()
  await app.goto(site.bookApp)
  await app.waitForFunction(() => 'page' in globalThis)
})

const openWithSignIn = ({ options }: Site) => app.evaluate((options) => page.openWithSignIn(options), options)
const press = async (name: string): Promise<Page> => {
  const opened = app.context().waitForEvent('page')
  await app.getByRole('button', { name }).click()
  return opened
}
const state = () => app.evaluate(() => page.account()?.state)

test('a click, an answer in the tab, and the contacts are in the page', async ({ site }) => {
  await openWithSignIn(site)
  await decide(await press('signIn'), 'accept')
  await expect.poll(state).toBe('imported')
  expect(await app.evaluate(() => page.contacts())).toBe(30)
  await expect.poll(() => app.evaluate(() => page.account()?.accessUntil)).toEqual(expect.any(String))
})

test('all requests of an import go to one address, so that preflights are spared', async ({ site }) => {
  const { sandbox } = site
  sandbox.requests.clear()
  await openWithSignIn(site)
  await decide(await press('signIn'), 'accept')
  await expect.poll(state).toBe('imported')
  const graph = sandbox.requests.entries.filter(({ path }) => path.startsWith('/v1.0'))
  const asked = graph.filter(({ method }) => method === 'OPTIONS')
  expect(new Set(asked.map(({ path }) => path))).toEqual(new Set(['/v1.0/$batch']))
  // Those of one moment ask together.
  expect(asked.length).toBeLessThanOrEqual(3)
})

test('a cancel in the app, a new click, and only the second tab counts', async ({ site }) => {
  await openWithSignIn(site)
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

test('a click whose command is refused leaves no tab behind', async ({ site }) => {
  await openWithSignIn(site)
  const tab = await press('restart')
  if (!tab.isClosed()) await tab.waitForEvent('close')
  expect(await state()).toBe('idle')
})

const importWithToken = async ({ sandbox }: Site) => {
  const token = sandbox.issueToken('user')
  await app.evaluate(
    ([token = '', graphUrl = '']) => page.openWithTokens(token, graphUrl),
    [token, sandbox.graphUrl],
  )
  return app.evaluate(() => page.signIn())
}

test('an app with tokens of its own imports without a tab', async ({ context, site }) => {
  expect(await importWithToken(site)).toBe('imported')
  expect(await app.evaluate(() => page.contacts())).toBe(30)
  expect(context.pages()).toHaveLength(1)
})

describe('code that a page can no longer load', () => {
  /** As after a new deployment, whose server no longer has the chunks of the last one. */
  const withoutChunks = (context: BrowserContext) => context.route('**/*.js', (route) => route.abort())

  test('fails with a code where it is needed, and the list stays', async ({ context, site }) => {
    expect(await importWithToken(site)).toBe('imported')
    expect(await app.evaluate(() => page.past())).toEqual([30])
    await app.reload()
    await app.waitForFunction(() => 'page' in globalThis)
    expect(await importWithToken(site)).toBe('imported')
    await withoutChunks(context)
    expect(await app.evaluate(() => page.past())).toBe('service-unavailable')
    expect(await app.evaluate(() => page.photo())).toBe('service-unavailable')
    expect(await app.evaluate(() => page.contacts())).toBe(30)
  })

  test('fails as offline without a network', async ({ context, site }) => {
    expect(await importWithToken(site)).toBe('imported')
    await context.setOffline(true)
    expect(await app.evaluate(() => page.past())).toBe('offline')
    expect(await app.evaluate(() => page.contacts())).toBe(30)
  })

  test('is needed neither by an import nor by a sign-out', async ({ context, site }) => {
    await app.route('**/*.js', (route) =>
      route.request().url().includes('graph') ? route.continue() : route.abort(),
    )
    expect(await importWithToken(site)).toBe('imported')
    await withoutChunks(context)
    expect(await app.evaluate(() => page.signOut())).toBe(true)
    expect(await app.evaluate(() => page.contacts())).toBe(0)
    expect(await app.evaluate(() => page.past())).toBe('service-unavailable')
  })
})
