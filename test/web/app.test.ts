import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { brokenIn } from './broken.ts'
import { type ExampleApp, startExampleApp } from './example-app.ts'
import { decide } from './person.ts'

let browser: Browser
let app: ExampleApp
let context: BrowserContext
let broken: readonly string[]
let page: Page

beforeAll(async () => {
  ;[browser, app] = await Promise.all([launchBrowser(), startExampleApp({ contacts: 300 })])
})
afterAll(async () => {
  await browser.close()
  await app.close()
})
beforeEach(async () => {
  context = await browser.newContext()
  broken = brokenIn(context)
  page = await context.newPage()
})
afterEach(async () => {
  await context.close()
  app.sandbox.revokeConsent('user')
  app.sandbox.settings.change({ faults: [], refreshRefusal: null })
})

const press = (name: string) => page.locator(`button[name=${name}]`).click()
const shows = (state: string) => page.locator(`main[data-state=${state}]`).waitFor()
const names = () => page.locator('#contacts > li').allTextContents()

const signIn = async (decision: 'accept' | 'decline' = 'accept') => {
  await page.goto(app.address)
  const [tab] = await Promise.all([page.waitForEvent('popup'), press('signIn')])
  await decide(tab, decision)
  return tab
}

describe('the page of examples/web', () => {
  test('imports, lists, refreshes and signs out, and its sign-in tab closes itself', async () => {
    const tab = await signIn()
    await shows('imported')
    await expect.poll(() => tab.isClosed()).toBe(true)
    expect(await page.locator('#count').textContent()).toBe('300 contacts')
    expect(await names()).toHaveLength(200)
    app.sandbox.mailbox('user').add({ displayName: 'Aaron Added' })
    await press('refresh')
    await page.locator('#count:text-is("301 contacts")').waitFor()
    expect(await names()).toContain('Aaron Added')
    await press('signOut')
    await shows('idle')
    expect(await names()).toEqual([])
    expect(broken).toEqual([])
  })

  test('shows the list at once when it is opened again', async () => {
    await signIn()
    await shows('imported')
    const shown = await names()
    await page.reload()
    await shows('imported')
    expect(await names()).toEqual(shown)
  })

  test('says in sentences what happened, and what to press', async () => {
    await signIn('decline')
    await shows('failed')
    const said = await page.getByRole('alert').textContent()
    expect(said).toContain('press Start again')
    expect(broken).toEqual([])
  })

  test('shows a name as text, whatever it contains', async () => {
    const name = 'Aa <img src=x onerror="document.title=1"><b>Bold</b>'
    app.sandbox.mailbox('user').add({ displayName: name })
    await signIn()
    await shows('imported')
    await expect.poll(names).toContain(name)
    expect(broken).toEqual([])
  })

  test('runs under a policy that stops what it should stop', async () => {
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
  })
})
