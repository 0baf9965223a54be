import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { messages } from '../../src/messages.ts'
import { test as browserTest } from '../browser-test.ts'
import { decide } from '../web/person.ts'

const test = browserTest.extend('contacts', { scope: 'file' }, 300)
const { list, settings } = messages('en')
const { signOut } = settings.commands

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })
const row = (page: Page) => page.locator('contact-list').getByRole('row')

/** What a person does: from the empty list to the settings, and there to the sign-in tab. */
const signIn = async (page: Page): Promise<void> => {
  await button(page, list.openSettings).click()
  const [tab] = await Promise.all([
    page.waitForEvent('popup'),
    button(page, 'Sign in with Microsoft').click(),
  ])
  await decide(tab, 'accept')
  await button(page, /^My contacts 30\d$/).click()
  await row(page).first().waitFor()
}

test('the React app imports, keeps what was typed, opens again and signs out', async ({
  context,
  reactApp,
}) => {
  const page = await context.newPage()
  await page.goto(reactApp.address)
  await signIn(page)
  const search = page.getByRole('searchbox')
  await search.fill('an')
  await button(page, 'Settings').click()
  await search.waitFor({ state: 'hidden' })
  await button(page, /^My contacts/).click()
  expect(await search.inputValue()).toBe('an')
  await page.reload()
  await row(page).first().waitFor()
  await button(page, 'Settings').click()
  await button(page, signOut).click()
  await page.getByRole('dialog').getByRole('button', { name: signOut }).click()
  await button(page, /^My contacts$/).click()
  await button(page, list.openSettings).waitFor()
})

test('the React app takes over calls, and hands calls that come in to the elements', async ({
  context,
  reactApp,
}) => {
  const number = '+1 206 555 0199'
  reactApp.sandbox.mailbox('user').add({ displayName: 'Aaron Added', mobilePhone: number })
  const page = await context.newPage()
  await page.goto(reactApp.address)
  await signIn(page)
  await page.getByRole('searchbox').fill('aaron added')
  await page.evaluate(() => {
    addEventListener('contact-call', ({ defaultPrevented }) => (document.title = String(defaultPrevented)))
  })
  await button(page, `Call ${number}`).click()
  await page
    .getByRole('status')
    .filter({ hasText: `Calling ${number}` })
    .waitFor()
  // Otherwise the browser opens the `tel:` link, too.
  expect(await page.title()).toBe('true')
  await button(page, 'Hang up').click()
  await page.getByText('Calling').waitFor({ state: 'hidden' })
  await page.getByLabel('Who calls from').fill('2065550199')
  await page.locator('incoming-call').getByText('Aaron Added').waitFor()
})

test('the React app says why it cannot open, and begins again where the browser has lost the list', async ({
  context,
  reactApp,
}) => {
  const page = await context.newPage()
  await page.goto(reactApp.address)
  await signIn(page)
  await page.goto(`${reactApp.address}sign-in.html`)
  await page.evaluate(async () => {
    const request = indexedDB.deleteDatabase('device-contacts')
    await new Promise((resolve) => (request.onsuccess = resolve))
  })
  await page.goto(reactApp.address)
  await page.getByRole('alert').filter({ hasText: 'My contacts' }).waitFor()
  await button(page, 'Delete the stored data').click()
  await button(page, list.openSettings).waitFor()
})
