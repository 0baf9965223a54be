import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { decide } from './person.ts'

test('a refresh without a network says so, keeps the list, and goes on once the browser is online', async ({
  context,
  page,
}) => {
  await decide(await page.pressForTab('signIn'), 'accept')
  await page.shows('imported')
  await context.setOffline(true)
  // From here on no time passes in the page: only the browser's own event can end the wait.
  await page.tab.clock.install()
  await page.tab.clock.pauseAt(Date.now() + 60_000)
  await page.press('refresh')
  await page.tab.locator('#wait', { hasText: 'No connection' }).waitFor()
  await page.shows('fetching')
  expect(await page.names()).toHaveLength(30)
  await context.setOffline(false)
  await page.shows('imported')
  expect(await page.names()).toHaveLength(30)
})

test('a cancel ends the wait for the network', async ({ context, page }) => {
  await decide(await page.pressForTab('signIn'), 'accept')
  await page.shows('imported')
  await context.setOffline(true)
  await page.press('refresh')
  await page.tab.locator('#wait', { hasText: 'No connection' }).waitFor()
  await page.press('cancel')
  await page.shows('cancelled')
  expect(await page.names()).toHaveLength(30)
  await context.setOffline(false)
  await page.press('refresh')
  await page.shows('imported')
})
