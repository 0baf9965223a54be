/** Walks the paths of the machine through the page of this folder: presses what a person presses, and reads what they read. */
import { explainFailure, messages } from 'device-contacts/messages'
import type { ExpectedAccount, PathActions, PathDriver } from 'device-contacts/testing'
import type { Locator, Page } from 'playwright-core'
import { steps } from './steps.ts'

/** What the person does on the sign-in page, whichever of its pages the tab shows. Resolves once that is done. */
export type Decide = (tab: Page, decision: 'accept' | 'decline') => Promise<void>

/** The steps of the service: a stand-in for Microsoft 365 that stops before each of them. */
export type PacedService = Omit<PathActions, 'command' | 'grant' | 'decline'>

export const pageDriver = (page: Page, service: PacedService, decide: Decide): PathDriver => {
  let tab: Page | null = null
  const inTab = async (decision: 'accept' | 'decline'): Promise<void> => {
    if (tab === null) throw new Error('no command has opened a tab')
    await decide(tab, decision)
  }
  return {
    ...service,
    command: async (type) => {
      const opens = type === 'signIn' || type === 'restart'
      if (type === 'signOut') page.once('dialog', (dialog) => void dialog.accept())
      const [opened] = await Promise.all([
        opens ? page.waitForEvent('popup') : null,
        page.locator(`button[name=${type}]`).click(),
      ])
      tab = opened ?? tab
    },
    grant: () => inTab('accept'),
    decline: () => inTab('decline'),
    expectShown: (expected) => expectShown(page, expected),
  }
}

const words = messages('en')

const expectShown = async (page: Page, { state, list, held, code, pages, commands }: ExpectedAccount) => {
  const { count = 0, capped = false } = list ?? {}
  await page.locator(`main[data-state=${state}]`).waitFor()
  for (const [command, refusal] of Object.entries(commands))
    await page.locator(`button[name=${command}]:${refusal === null ? 'enabled' : 'disabled'}`).waitFor()
  const size = capped ? words.contactsOf(count, 10_001) : words.contacts(count)
  await page.locator(`#count:text-is("${size}")`).waitFor()
  await counted(page.locator('#contacts > li'), Math.min(count, 200))
  if (pages !== null && pages > 0) await page.locator('#doing', { hasText: /^[1-9]/ }).waitFor()
  const problem = page.locator('#problem')
  if (code === null) return
  const { happened } = explainFailure(words, code, {
    source: 'microsoft365',
    steps,
    held,
    storage: 'browser',
  })
  await problem.filter({ hasText: happened }).waitFor()
}

/** Waits until there are this many. */
const counted = async (rows: Locator, count: number): Promise<void> => {
  if (count > 0) await rows.nth(count - 1).waitFor()
  await rows.nth(count).waitFor({ state: 'detached' })
}
