import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { messages } from '../../src/messages.ts'
import { pageTexts } from '../../src/shells/web/page/page-texts.ts'
import { launchBrowser } from '../browser.ts'
import { soakTurn } from '../soak.ts'
import { start } from '../terminal-process.ts'
import { brokenIn } from '../browser-test.ts'
import { ask } from './page-requests.ts'
import { decide } from './person.ts'

const words = messages('en')
const { commands, lastUpdate, signInDemo, signOut } = words.settings
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let browser: Browser
let program: ReturnType<typeof start>
let origin: string
let context: BrowserContext
let broken: readonly string[]
let page: Page

/** What `npm run web` runs, but on any free port and without opening a browser. */
beforeAll(async () => {
  program = start('sandbox', '--web', '--json', '--port', '0')
  browser = await launchBrowser()
  ;[, origin = ''] = await program.said(/"page":"([^"]+)"/)
  context = await browser.newContext({ locale: 'en-US' })
  broken = brokenIn(context)
  page = await context.newPage()
})
afterAll(async () => {
  await browser.close()
  program.kill('SIGINT')
  expect(await program.ended).toMatchObject({ code: 0 })
})

const go = (name: string) => page.getByRole('navigation').getByRole('link', { name }).click()
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

/** The rules of WCAG that axe finds broken on what is shown. */
const axeFinds = async (): Promise<readonly string[]> => {
  await page.evaluate(axe)
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: {
        run(
          options: object,
        ): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }>
      }
    }
    const { violations } = await runner.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'] })
    return violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)
  })
}

// One walk in this order: each needs the contacts of the one before.
describe('the page of npm run web', { concurrent: false }, () => {
  test('says that its people are invented, and leads from the empty list to the settings', async () => {
    await page.goto(origin)
    await page.getByText('Its people are invented').waitFor()
    await press(words.list.openSettings)
    await page.getByRole('button', { name: signInDemo.microsoft365 }).waitFor()
    expect(await page.title()).toBe('Settings › Contacts – Device Contacts')
    // The button that was pressed is hidden now.
    await page.locator('main:focus').waitFor()
    expect(await axeFinds()).toEqual([])
  })

  test('imports 1,240 contacts and shows them', async () => {
    const [tab] = await Promise.all([
      page.waitForEvent('popup'),
      page.getByRole('button', { name: signInDemo.microsoft365 }).click(),
    ])
    await decide(tab, 'accept')
    await page.locator('contact-settings').getByText('1,240 contacts').first().waitFor()
    await go('My Contacts')
    await page.getByText('Aaliyah Bruns').first().waitFor()
    expect(await axeFinds()).toEqual([])
  })

  test('says who is calling', async () => {
    await go('Incoming call')
    await page.getByRole('textbox', { name: 'Telephone number' }).fill('(08064) 5118936')
    await press('Let it ring')
    await page.locator('incoming-call').getByText('Aaliyah Bruns').waitFor()
    await press('Hang up')
    expect(
      await page
        .getByRole('textbox', { name: 'Telephone number' })
        .evaluate((field) => field.matches(':focus')),
    ).toBe(true)
    expect(await axeFinds()).toEqual([])
    expect(page.url()).toBe(`${origin}/#call`)
    expect(await page.title()).toBe('Incoming call – Device Contacts')
  })

  test('shows what happened inside, step by step', async () => {
    await go('What happens inside')
    await page.locator('[data-state=imported].current').waitFor()
    expect(page.url()).toBe(`${origin}/#inside`)
    await press('One step back')
    await page.locator('[data-state=fetching].current').waitFor()
    expect(await axeFinds()).toEqual([])
    await press('Now')
    await page.getByRole('option', { selected: true }).getByText('attempt.completed').waitFor()
  })

  test('shows each view where it was left, and a new one from its beginning', async () => {
    const scrolled = () => page.locator('main').evaluate((main) => main.scrollTop)
    await page.setViewportSize({ width: 320, height: 480 })
    await go('Settings')
    await page.getByRole('main').evaluate((main) => (main.scrollTop = 120))
    await go('Try')
    await expect.poll(scrolled).toBe(0)
    await go('Settings')
    await expect.poll(scrolled).toBe(120)
    await page.setViewportSize({ width: 1280, height: 720 })
  })

  test('has buttons for what goes wrong, and each says what to do then', async () => {
    await go('Try what goes wrong')
    await press('Do it: Add 5 contacts')
    await page.getByRole('status').getByText('The mailbox has 1,245 contacts.').waitFor()
    expect(await axeFinds()).toEqual([])
    await go('Settings')
    await press(commands.refresh)
    await page
      .getByText(lastUpdate({ added: 5, updated: 0, removed: 0, displaced: 0, skipped: 0 }))
      .first()
      .waitFor()
    await go('Try what goes wrong')
    await press('Set it: Lose three connections')
    await page.getByRole('status').getByText('Lose three connections').waitFor()
    await go('Settings')
    await press(commands.refresh)
    await page
      .getByText(/, next try in \d s$/)
      .first()
      .waitFor()
    await page
      .getByText(lastUpdate({ added: 0, updated: 0, removed: 0, displaced: 0, skipped: 0 }))
      .first()
      .waitFor()
    await go('Try what goes wrong')
    await page.getByRole('status').getByText('Everything works as usual.').waitFor()
    expect(await page.getByRole('button', { pressed: true }).count()).toBe(0)
    await press('Set it: Withdraw the access')
    await page.getByRole('status').getByText('Withdraw the access').waitFor()
    await go('Settings')
    await press(commands.refresh)
    await page.getByRole('alert').first().waitFor()
    await page.locator('contact-settings').getByText('1,245 contacts').first().waitFor()
    await go('Try what goes wrong')
    await press('Back to normal')
    await page.getByRole('status').getByText('Everything works as usual.').waitFor()
  })

  test('fits 320 px, and is usable by the keyboard', async () => {
    await page.setViewportSize({ width: 320, height: 640 })
    for (const name of ['Contacts', 'Settings', 'Call', 'Inside', 'Try']) {
      await go(name)
      await page.locator(`nav a[aria-current=page]`, { hasText: name }).waitFor()
      const widths = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
      expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0)
    }
    await page.setViewportSize({ width: 1200, height: 800 })
    const link = page.getByRole('navigation').getByRole('link', { name: 'Settings' })
    await link.focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: commands.signOut, exact: true }).waitFor()
  })

  test('signs out, and nothing is left', async () => {
    await press(commands.signOut)
    await page.getByRole('dialog').getByRole('button', { name: commands.signOut, exact: true }).click()
    await page.getByText(signOut.done('microsoft365')).first().waitFor()
    await go('My Contacts')
    await page.getByRole('button', { name: words.list.openSettings }).waitFor()
  })

  test('lists what it could not import, with the reason', async () => {
    await go('Try what goes wrong')
    await press('Set it: Send contacts without an id')
    await page.getByRole('status').getByText('Send contacts without an id').waitFor()
    await go('Settings')
    const signIn = page.getByRole('button', { name: signInDemo.microsoft365 })
    const [tab] = await Promise.all([page.waitForEvent('popup'), signIn.click()])
    await decide(tab, 'accept')
    await page.getByText(words.settings.skipped(4)).click()
    await page.locator('contact-settings details li').first().waitFor()
    await go('Try what goes wrong')
    await page.getByRole('status').getByText('Everything works as usual.').waitFor()
  })

  test('marks the settings while an answer is needed, and not after it', async () => {
    await press('Do it: Delete half of the mailbox')
    await page.getByRole('status').getByText('The mailbox has 622 contacts.').waitFor()
    await go('Settings')
    await press(commands.refresh)
    const mark = page.getByRole('navigation').getByText('needs your attention')
    await mark.waitFor({ state: 'attached' })
    await press(words.settings.held.keep)
    await mark.waitFor({ state: 'detached' })
    await press(words.settings.held.look)
    await mark.waitFor({ state: 'attached' })
  })

  test('runs under its policy, with nothing stopped by it', async () => {
    expect(broken).toEqual([])
    const app = await ask(origin, '/')
    expect(app.headers['content-security-policy']).toContain("require-trusted-types-for 'script'")
    expect(app.headers['cross-origin-opener-policy']).toBe('same-origin-allow-popups')
    expect((await ask(origin, '/sign-in.html')).headers).not.toHaveProperty('cross-origin-opener-policy')
    expect(await ask(origin, '/', { headers: { host: 'evil.test' } })).toMatchObject({ status: 421 })
  })

  const missing: readonly (readonly [string, RegExp, string, string])[] = [
    ['an element', /\/assets\/import-inspector-/, 'en-US', 'Open settings'],
    ['an element', /\/assets\/contact-card-/, 'de-DE', 'Einstellungen öffnen'],
    ['its sentences', /\/assets\/(en|de)-/, 'de-DE', 'Einstellungen öffnen'],
    ['what goes wrong', /\/try\/panel/, 'en-US', 'Open settings'],
  ]
  test.each(soakTurn(missing, 2, 1))(
    'says that %s could not be loaded (%s, %s), and loads again',
    async (_, files, locale, settings) => {
      const texts = pageTexts(locale)
      const other = await browser.newContext({ locale })
      const errors = brokenIn(other)
      const lacking = await other.newPage()
      let isOut = true
      await lacking.route(files, (route) => (isOut ? route.abort('internetdisconnected') : route.continue()))
      await lacking.goto(origin)
      await lacking.getByRole('alert').getByText(texts.incomplete).waitFor()
      isOut = false
      await lacking.getByRole('button', { name: texts.reload }).click()
      await lacking.getByRole('button', { name: settings }).waitFor()
      await lacking.getByText(texts.incomplete).waitFor({ state: 'detached' })
      expect(errors).toEqual([])
      await other.close()
    },
  )

  test('takes what goes wrong from its own page only', async () => {
    for (const headers of [{}, { origin: 'https://evil.test' }, { origin: 'null' }])
      expect(await ask(origin, '/try/emptied', { method: 'POST', headers })).toMatchObject({ status: 403 })
    expect(await ask(origin, '/try/emptied', { headers: { origin } })).toMatchObject({ status: 405 })
    expect(await ask(origin, '/try/other', { method: 'POST', headers: { origin } })).toMatchObject({
      status: 405,
    })
    expect(JSON.parse((await ask(origin, '/try/state')).text)).toMatchObject({
      contacts: 622,
      active: 'normal',
    })
  })

  test('empties the mailbox, and fills it again', async () => {
    await go('Try what goes wrong')
    await press('Do it: Delete everything')
    await page.getByRole('status').getByText('The mailbox has 0 contacts.').waitFor()
    await press('Do it: Fill it as at the start')
    await page.getByRole('status').getByText('The mailbox has 1,240 contacts.').waitFor()
  })
})
