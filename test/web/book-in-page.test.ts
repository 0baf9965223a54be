import type { Page } from 'playwright-core'
import { expect } from 'vitest'
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

test('an app with tokens of its own imports without a tab', async ({ context, site: { sandbox } }) => {
  const token = sandbox.issueToken('user')
  await app.evaluate(
    ([token = '', graphUrl = '']) => page.openWithTokens(token, graphUrl),
    [token, sandbox.graphUrl],
  )
  expect(await app.evaluate(() => page.signIn())).toBe('imported')
  expect(await app.evaluate(() => page.contacts())).toBe(30)
  expect(context.pages()).toHaveLength(1)
})
