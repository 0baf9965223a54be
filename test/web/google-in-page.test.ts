import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { messages } from '../../src/messages.ts'
import { inProfile, test } from '../browser-test.ts'
import { startElementsPage } from './elements-page.ts'
import { says } from './person.ts'
import { searchProfile } from './profile/search.ts'

const words = messages('en')
const { commands, lastUpdate, marks, signInWith, signOut } = words.settings
const changed = { added: 0, updated: 1, removed: 0, displaced: 0, skipped: 0 }

/** The person goes through Google's pages. Google leaves the box for the contacts unticked. */
const agree = async (tab: Page, isTicked: boolean): Promise<void> => {
  const account = tab.getByRole('button', { name: 'Mira Lindqvist' })
  const agreed = tab.getByRole('button', { name: 'Continue' })
  await account.or(agreed).first().waitFor()
  if (await account.isVisible()) await account.click()
  await agreed.waitFor()
  if (isTicked) await tab.getByRole('checkbox').check()
  await agreed.click()
}

test('a page signs in to Google, tells an unticked box, refreshes, and a sign-out leaves nothing', async ({
  folder,
  onTestFinished,
}) => {
  const served = await startElementsPage({ contacts: 60 }, 'all')
  const { sandbox, address } = served
  onTestFinished(() => served.close())
  const contacts = sandbox.google.contacts('user')
  const mark = `zq${randomBytes(8).toString('hex')}`
  for (const { resourceName } of contacts.all())
    contacts.change(resourceName, { biographies: [{ value: `Note ${mark}` }] })
  await inProfile(folder, async (context) => {
    const page = await context.newPage()
    await page.goto(`${address}#settings`)
    const card = page.locator('section[data-source=google]')
    const pressForTab = async (name: string) => {
      const [tab] = await Promise.all([
        page.waitForEvent('popup'),
        card.getByRole('button', { name, exact: true }).click(),
      ])
      return tab
    }

    const unticked = await pressForTab(signInWith.google)
    await agree(unticked, false)
    await says(unticked, 'The app has no permission to read your contacts')
    const steps = words.settings.steps
    const { happened, next } = words.failures['permission-missing']({ source: 'google', steps })
    await card.getByRole('alert').getByText(happened).waitFor()
    await card.getByRole('alert').getByText(next).waitFor()
    expect(await card.getByText('administrator').count()).toBe(0)

    await agree(await pressForTab(commands.restart), true)
    await card.locator('.count').getByText(words.contacts(contacts.all().length)).waitFor()
    await card.getByText('mira@sandbox.example').waitFor()

    const [first] = contacts.all()
    contacts.change(first?.resourceName ?? '', { names: [{ displayName: `Aaron ${mark}` }] })
    await card.getByRole('button', { name: commands.refresh, exact: true }).click()
    await card.getByText(lastUpdate(changed)).waitFor()
    await page.evaluate(() => (location.hash = 'contacts'))
    await page.getByText(`Aaron ${mark}`).first().waitFor()
    await page.evaluate(() => (location.hash = 'settings'))

    sandbox.google.revoke('user')
    await card.getByRole('button', { name: commands.refresh, exact: true }).click()
    await card.getByText(marks.attention).waitFor()
    await card.locator('.count').getByText(words.contacts(contacts.all().length)).waitFor()

    await card.getByRole('button', { name: commands.signOut, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: commands.signOut, exact: true }).click()
    await page.getByText(signOut.done('google')).first().waitFor()
    await card.getByRole('button', { name: signInWith.google }).waitFor()
  })
  const { hits } = await searchProfile(folder, [mark, ...sandbox.google.issuedSecrets()])
  expect(hits).toEqual([])
})
