import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Sandbox } from '../sandbox/index.ts'
import { startSandbox } from '../sandbox/index.ts'
import { microsoftSignIn } from '../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import type { BrowserOpener } from '../src/ports/browser-opener.ts'
import { signInCore } from '../src/testing/contracts/sign-in-core.ts'
import { launchBrowser } from './browser.ts'

let browser: Browser
let sandbox: Sandbox
let context: BrowserContext
let subject: ReturnType<typeof microsoftSignIn>

beforeAll(async () => {
  ;[browser, sandbox] = await Promise.all([launchBrowser(), startSandbox({ contacts: 3 })])
})
afterAll(async () => {
  await browser.close()
  await sandbox.close()
})
const signInWith = (openBrowser: BrowserOpener) =>
  microsoftSignIn({
    clientId: sandbox.clientId,
    authority: sandbox.authority,
    graphUrl: sandbox.graphUrl,
    tokenFile: null,
    openBrowser,
  })

beforeEach(async () => {
  context = await browser.newContext()
  subject = signInWith(async () => false)
})
afterEach(async () => {
  await subject.close()
  await context.close()
  sandbox.revokeConsent('user')
})

/** Begins a sign-in and opens its page in a tab. */
const begin = async () => {
  const core = signInCore()
  const failure = subject.signIn({ attempt: crypto.randomUUID() }, core.context).then(
    () => null,
    (error: unknown) => error,
  )
  const tab = await context.newPage()
  const complaints: string[] = []
  tab.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await tab.goto(await core.address)
  return { core, failure, tab, complaints }
}

const chooseAccount = (tab: Page) => tab.getByRole('button', { name: 'Mira Lindqvist' }).click()

const agree = async (tab: Page) => {
  await chooseAccount(tab)
  await tab.getByRole('button', { name: 'Accept' }).click()
}

const says = (tab: Page, heading: string) =>
  tab.getByRole('status').getByRole('heading', { level: 1, name: heading }).waitFor()

describe('a person in a browser', () => {
  it('chooses an account, accepts, and is told that the import continues', async () => {
    const { failure, tab, complaints, core } = await begin()
    await agree(tab)
    await says(tab, 'Done')
    expect(await failure).toBeNull()
    expect(core.reports.map(({ type }) => type)).toEqual(['sign-in.answered', 'consent.granted'])
    // The browser applies the style only if its hash is right. The address no longer has the code.
    expect(await tab.locator('main').evaluate((main) => getComputedStyle(main).borderTopWidth)).toBe('6px')
    expect(new URL(tab.url()).search).toBe('')
    expect(complaints).toEqual([])
  })

  it('presses Cancel, and is told that nothing was imported', async () => {
    const { failure, tab } = await begin()
    await chooseAccount(tab)
    await tab.getByRole('button', { name: 'Cancel' }).click()
    await says(tab, 'You did not agree')
    expect(await failure).toMatchObject({ code: 'consent-declined' })
  })

  it('accepts in a tab whose import was cancelled, and is told to start again', async () => {
    const { core, failure, tab } = await begin()
    core.cancel()
    expect(await failure).toBeNull()
    await agree(tab)
    await says(tab, 'This import was cancelled')
    await tab.getByText('Go back to the app and start the import again.').waitFor()
    expect(core.reports).toEqual([{ type: 'sign-in.answered' }])
  })

  it('finishes the second sign-in while the tab of the first is still open', async () => {
    const first = await begin()
    first.core.cancel()
    const second = await begin()
    await agree(second.tab)
    await says(second.tab, 'Done')
    expect(await second.failure).toBeNull()
    // The permission exists by now, so no page asks for it.
    await chooseAccount(first.tab)
    await says(first.tab, 'This import was cancelled')
    expect(second.core.reports).toHaveLength(2)
  })

  it('reloads the last page, and changes nothing', async () => {
    const { failure, tab, core } = await begin()
    await agree(tab)
    await says(tab, 'Done')
    expect(await failure).toBeNull()
    await tab.reload()
    await says(tab, 'This sign-in is already finished')
    expect(core.reports).toHaveLength(2)
  })

  it('goes back to the link and opens it again, in this browser only', async () => {
    const { failure, tab, core } = await begin()
    const link = await core.address
    await tab.goto(link)
    await tab.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
    const other = await browser.newContext()
    const stranger = await other.newPage()
    await stranger.goto(link)
    await says(stranger, 'This link was already used')
    await stranger.getByText('copy the address that the app shows').waitFor()
    await other.close()
    await agree(tab)
    await says(tab, 'Done')
    expect(await failure).toBeNull()
  })

  it('opens one link in the system browser, and the other one in a browser of choice', async () => {
    let opened = ''
    await subject.close()
    subject = signInWith(async (link) => {
      opened = link
      return true
    })
    const { failure, tab, core } = await begin()
    expect(opened).not.toBe(await core.address)
    const other = await browser.newContext()
    const systems = await other.newPage()
    await systems.goto(opened)
    await systems.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
    await agree(tab)
    await says(tab, 'Done')
    expect(await failure).toBeNull()
    await other.close()
  })

  it('opens the link of an import that was cancelled, and is asked for nothing', async () => {
    const core = signInCore()
    const done = subject.signIn({ attempt: crypto.randomUUID() }, core.context)
    const link = await core.address
    core.cancel()
    await done
    const tab = await context.newPage()
    await tab.goto(link)
    await says(tab, 'This import was cancelled')
    expect(core.reports).toEqual([{ type: 'sign-in.answered' }])
  })

  it('can read the page in dark mode, on a narrow screen', async () => {
    const { tab, core } = await begin()
    await tab.emulateMedia({ colorScheme: 'dark' })
    await tab.setViewportSize({ width: 320, height: 600 })
    await agree(tab)
    await says(tab, 'Done')
    const look = await tab.evaluate(() => ({
      background: getComputedStyle(document.body).backgroundColor,
      scrolls: document.documentElement.scrollWidth > window.innerWidth,
    }))
    expect(look).toEqual({ background: 'rgb(18, 21, 27)', scrolls: false })
    core.cancel()
  })
})
