import { describe, expect } from 'vitest'
import { brokenIn, test } from '../browser-test.ts'
import type { ExamplePage } from './example-page.ts'
import { decide } from './person.ts'

test.override('contacts', 300)

const signIn = async (page: ExamplePage, decision: 'accept' | 'decline' = 'accept') => {
  const tab = await page.pressForTab('signIn')
  await decide(tab, decision)
  return tab
}

describe('the page of examples/web', () => {
  test('imports, lists, refreshes and signs out, and its sign-in tab closes itself', async ({
    app,
    page,
  }) => {
    const tab = await signIn(page)
    await page.shows('imported')
    await expect.poll(() => tab.isClosed()).toBe(true)
    expect(await page.tab.locator('#count').textContent()).toBe('300 contacts')
    expect(await page.names()).toHaveLength(200)
    app.sandbox.mailbox('user').add({ displayName: 'Aaron Added' })
    await page.press('refresh')
    await page.tab.locator('#count:text-is("301 contacts")').waitFor()
    expect(await page.names()).toContain('Aaron Added')
    await page.press('signOut')
    await page.shows('idle')
    expect(await page.names()).toEqual([])
  })

  test('shows the list at once when it is opened again', async ({ page }) => {
    await signIn(page)
    await page.shows('imported')
    const shown = await page.names()
    await page.tab.reload()
    await page.shows('imported')
    expect(await page.names()).toEqual(shown)
  })

  test('says in sentences what happened, and what to press', async ({ page }) => {
    await signIn(page, 'decline')
    await page.shows('failed')
    expect(await page.problem()).toContain('press Start again')
  })

  test('shows a name as text, whatever it contains', async ({ app, page }) => {
    const name = 'Aa <img src=x onerror="document.title=1"><b>Bold</b>'
    app.sandbox.mailbox('user').add({ displayName: name })
    await signIn(page)
    await page.shows('imported')
    await expect.poll(page.names).toContain(name)
  })

  test('runs under a policy that stops what it should stop', async ({ app, browser }) => {
    const context = await browser.newContext()
    const broken = brokenIn(context)
    const page = await context.newPage()
    await page.goto(app.address)
    await page.evaluate(() => {
      const script = document.createElement('script')
      document.body.append(script)
      try {
        script.text = 'document.title = "run"'
      } catch (error) {
        document.title = (error as Error).name
      }
    })
    expect(await page.title()).toBe('TypeError')
    await expect.poll(() => broken).not.toEqual([])
    await context.close()
  })
})
