import { describe, expect } from 'vitest'
import { brokenIn, test as browserTest } from '../browser-test.ts'
import { type ExamplePage, openExample } from './example-page.ts'
import { decide } from './person.ts'

const test = browserTest.extend('contacts', { scope: 'file' }, 300)

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
    // Without a listener, the driver answers the question with no.
    await page.tab.locator('button[name=signOut]').click()
    expect(await page.names()).toHaveLength(200)
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

  test('says until when the person is signed in, and then offers to sign in again', async ({ app, page }) => {
    await signIn(page)
    await page.shows('imported')
    const access = page.tab.locator('#access')
    await access.filter({ hasText: /^Signed in until .*\d/ }).waitFor()
    const again = page.tab.getByRole('button', { name: 'Sign in again' })
    expect(await again.isVisible()).toBe(false)
    // As Entra does after a day.
    app.sandbox.settings.change({ refreshRefusal: { number: 700084, suberror: 'token_expired' } })
    await page.tab.clock.setFixedTime(Date.now() + 25 * 3_600_000)
    await access.filter({ hasText: 'Your sign-in has ended.' }).waitFor()
    const [tab] = await Promise.all([page.tab.waitForEvent('popup'), again.click()])
    await decide(tab, 'accept')
    await access.filter({ hasText: 'Signed in until' }).waitFor()
    await page.shows('imported')
  })

  test('counts down while the service asks to wait', async ({ app, page }) => {
    await signIn(page)
    await page.shows('imported')
    app.sandbox.settings.change({
      exposeRetryAfter: true,
      faults: [{ kind: 'status', status: 429, retryAfter: 50 }],
    })
    await page.press('refresh')
    const wait = page.tab.getByRole('timer').filter({ hasText: /^Microsoft asked us to wait \d+ s$/ })
    await wait.waitFor()
    const seconds = async () => Number(/\d+/.exec((await wait.textContent()) ?? '')?.[0])
    const before = await seconds()
    await page.tab.clock.setFixedTime(Date.now() + 20_000)
    await expect.poll(seconds).toBeLessThan(before - 15)
    await page.press('cancel')
    await page.shows('cancelled')
    await expect.poll(() => page.tab.getByRole('timer').textContent()).toBe('')
  })

  test('asks the browser once to keep the data, after the first import', async ({ context, app }) => {
    let asked = 0
    await context.exposeFunction('noteQuestion', () => asked++)
    await context.addInitScript(() => {
      // A page that is not from this machine or by https has no such storage.
      if (!isSecureContext) return
      const note = Reflect.get(window, 'noteQuestion') as () => Promise<number>
      StorageManager.prototype.persist = () => note().then(() => false)
    })
    const page = await openExample(context, app)
    await page.shows('idle')
    const tab = await page.pressForTab('signIn')
    expect(asked).toBe(0)
    await decide(tab, 'accept')
    await page.shows('imported')
    await page.tab.locator('#kept', { hasText: 'may remove these contacts' }).waitFor()
    await page.tab.reload()
    await page.tab.locator('#kept', { hasText: 'may remove these contacts' }).waitFor()
    await page.press('refresh')
    await page.shows('imported')
    expect(asked).toBe(1)
  })

  test('deletes the stored data at a click if the browser has lost the list, and begins again', async ({
    app,
    page,
  }) => {
    await signIn(page)
    await page.shows('imported')
    await page.tab.goto(`${app.address}sign-in.html`)
    await page.tab.evaluate(async () => {
      const request = indexedDB.deleteDatabase('device-contacts')
      await new Promise((resolve) => (request.onsuccess = resolve))
    })
    await page.tab.goto(app.address)
    await page.tab.getByRole('button', { name: 'Delete the stored data' }).click()
    await page.shows('idle')
    expect(await page.enabled()).toEqual(['signIn'])
    await signIn(page)
    await page.shows('imported')
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
