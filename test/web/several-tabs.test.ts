import { describe, expect } from 'vitest'
import { test } from '../browser-test.ts'
import { openExample } from './example-page.ts'
import { pacedGraph } from './paced-graph.ts'
import { decide, decideHere, says } from './person.ts'

test('a person who cancels and then agrees in the tab reads that nothing was imported, and nothing is', async ({
  app,
  page,
}) => {
  const tab = await page.pressForTab('signIn')
  await tab.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
  await page.press('cancel')
  await page.shows('cancelled')
  const redeemed = () => app.sandbox.requests.matching('POST /common/oauth2/v2.0/token').length
  const before = redeemed()
  await decide(tab, 'accept')
  await says(tab, 'This import was cancelled')
  expect(redeemed()).toBe(before)
  await page.shows('cancelled')
  expect(await page.names()).toEqual([])
  await decide(await page.pressForTab('restart'), 'accept')
  await page.shows('imported')
  expect(await page.names()).toHaveLength(30)
})

describe('two tabs', () => {
  test('one imports; the other shows it as it happens, can start no second import, and gets the list', async ({
    app,
    context,
    page: one,
  }) => {
    const { service } = await pacedGraph(context, app.sandbox)
    const two = await openExample(context, app)
    const tab = await one.pressForTab('signIn')
    await two.shows('consenting')
    expect(await two.enabled()).toEqual(['cancel', 'signOut'])
    await decide(tab, 'accept')
    await two.shows('fetching')
    await service.count('few')
    await two.tab.locator('#doing', { hasText: /^0 of about 30/ }).waitFor()
    await service.page('few')
    await two.tab.locator('#doing', { hasText: /^30 of about 30/ }).waitFor()
    expect(await two.enabled()).toEqual(['cancel', 'signOut'])
    await service.finish()
    await two.shows('imported')
    await one.shows('imported')
    for (const page of [one, two])
      await expect.poll(() => page.enabled()).toEqual(['restart', 'refresh', 'signOut'])
    expect(await two.names()).toHaveLength(30)
    expect(await two.names()).toEqual(await one.names())
  })

  test('the one that does not import can cancel, and start the next import', async ({
    app,
    context,
    page: one,
  }) => {
    const graph = await pacedGraph(context, app.sandbox)
    const two = await openExample(context, app)
    await decide(await one.pressForTab('signIn'), 'accept')
    await two.shows('fetching')
    await two.press('cancel')
    await one.shows('cancelled')
    graph.begin('restart')
    await graph.service.finish()
    // The access of the first tab is there for the second one, so its tab closes without a page.
    await two.pressForTab('restart')
    await one.shows('imported')
    expect(await one.names()).toEqual(await two.names())
  })

  test('a sign-out in one leaves nothing in the other', async ({ app, context, page: one }) => {
    const two = await openExample(context, app)
    await decide(await one.pressForTab('signIn'), 'accept')
    await two.shows('imported')
    await one.press('signOut')
    await two.shows('idle')
    expect(await two.names()).toEqual([])
    // The last step of a sign-out, which erases what is on the disk, comes after the list is gone.
    await expect.poll(() => two.enabled()).toEqual(['signIn'])
  })
})

describe('a browser that blocks every tab', () => {
  test.beforeEach(({ context }) =>
    context.addInitScript(() => {
      window.open = () => null
    }),
  )

  test('imports by a link', async ({ context, page }) => {
    await page.press('signIn')
    const link = page.tab.getByRole('link', { name: 'use this link' })
    const [tab] = await Promise.all([context.waitForEvent('page'), link.click()])
    await decide(tab, 'accept')
    await page.shows('imported')
    expect(await page.names()).toHaveLength(30)
  })

  test('imports in the tab of the page itself, which comes back', async ({ app, page }) => {
    await page.press('signIn')
    await page.tab.getByRole('button', { name: 'sign in in this tab' }).click()
    await decideHere(page.tab, app.address)
    await page.shows('imported')
    expect(await page.names()).toHaveLength(30)
    expect(await page.tab.evaluate(() => sessionStorage.length)).toBe(0)
  })
})
