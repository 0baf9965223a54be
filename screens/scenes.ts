import type { BrowserContext, Locator, Page } from 'playwright-core'

/** The page of `npm run web` in a tab. */
export interface Stage {
  readonly context: BrowserContext
  readonly page: Page
  /** `http://localhost:PORT` */
  readonly origin: string
}

const settings = ({ page }: Stage): Locator => page.locator('contact-settings')
type Account = 'microsoft365' | 'google'
const button = (stage: Stage, command: string, account: Account = 'microsoft365'): Locator =>
  settings(stage).locator(
    `section[data-source=${account}] button[data-command=${command}][aria-disabled=false]`,
  )
const view = ({ page }: Stage, name: string) =>
  page.evaluate((hash) => {
    location.hash = hash
  }, name)

/** Sets what a button of *Try what goes wrong* sets. */
const attempt = async ({ origin }: Stage, trial: string): Promise<void> => {
  const { ok, status } = await fetch(`${origin}/try/${trial}`, { method: 'POST', headers: { origin } })
  if (!ok) throw new Error(`${trial}: ${String(status)}`)
}

/** Presses a button that opens the sign-in tab. */
const opened = async (stage: Stage, command: 'signIn' | 'restart', account?: Account): Promise<Page> => {
  const pressed = button(stage, command, account)
  await pressed.waitFor()
  const [tab] = await Promise.all([stage.page.waitForEvent('popup'), pressed.click()])
  return tab
}

/** Lets Google's sign-in tab see the contacts, for which it has a box to tick. */
const allowGoogle = async (tab: Page): Promise<void> => {
  await tab.getByRole('button', { name: 'Mira Lindqvist' }).click()
  await tab.getByRole('checkbox').check()
  await tab.getByRole('button', { name: 'Continue' }).click()
}

/** On a narrow page, the card covers the list. */
const closeCard = async ({ page }: Stage): Promise<void> => {
  const back = page.locator('contact-list dialog .top button')
  if (await back.isVisible()) await back.click()
}

/** Is in both accounts. */
const TWIN = 'Aldegonde Marty'

const choose = async (tab: Page, answer: string): Promise<void> => {
  const account = tab.getByRole('button', { name: 'Mira Lindqvist' })
  const last = tab.getByRole('button', { name: answer, exact: true })
  await account.or(last).first().waitFor()
  if (await account.isVisible()) await account.click()
  await last.click()
}

const refresh = async (stage: Stage): Promise<void> => {
  await view(stage, 'settings')
  await button(stage, 'refresh').first().click()
}

/** What leads to each picture, in this order: every scene begins where the one before ends. */
export const scenes = {
  empty: async ({ page }) => {
    await page.locator('contact-list [part=empty] button').waitFor()
  },
  'sign-in': async (stage) => {
    await view(stage, 'settings')
    await button(stage, 'signIn').waitFor()
  },
  waiting: async (stage) => {
    const tab = await opened(stage, 'signIn')
    await tab.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
    await settings(stage).getByRole('timer').waitFor()
  },
  importing: async (stage) => {
    await attempt(stage, 'slow')
    const tab = stage.context.pages().find((page) => page !== stage.page)
    if (tab === undefined) throw new Error('The sign-in tab is closed')
    await choose(tab, 'Accept')
    await settings(stage).locator('progress[value]:not([value="0"])').waitFor()
  },
  list: async (stage) => {
    await attempt(stage, 'normal')
    await button(stage, 'refresh').waitFor()
    await view(stage, 'contacts')
    await stage.page.locator('contact-list [role=row]').nth(5).waitFor()
  },
  search: async ({ page }) => {
    await page.getByRole('searchbox').fill('ber')
    // The first results are shown before all are known.
    await page.locator('contact-list [aria-rowcount="10"]').waitFor()
  },
  card: async ({ page }) => {
    await page.locator('contact-list').getByRole('gridcell').first().click()
    await page.locator('contact-card a[href^="tel:"]').first().waitFor()
  },
  call: async (stage) => {
    await closeCard(stage)
    await view(stage, 'call')
    await stage.page.locator('call-view button').last().click()
    await stage.page.locator('incoming-call bdi').first().waitFor()
  },
  linked: async (stage) => {
    await view(stage, 'settings')
    await allowGoogle(await opened(stage, 'signIn', 'google'))
    await button(stage, 'refresh', 'google').waitFor()
    await button(stage, 'refresh').waitFor()
  },
  person: async (stage) => {
    await view(stage, 'contacts')
    const { page } = stage
    await page.getByRole('searchbox').fill(TWIN)
    await page
      .locator('contact-list [role=row]')
      .filter({ hasText: TWIN })
      .getByRole('gridcell')
      .first()
      .click()
    await page.locator('contact-card [part=separate]').scrollIntoViewIfNeeded()
  },
  duplicates: async (stage) => {
    const { page } = stage
    await closeCard(stage)
    await page.getByRole('searchbox').fill('')
    await page.locator('contact-list .possible button').click()
    await page.locator('contact-duplicates li').nth(1).waitFor()
  },
  wait: async (stage) => {
    await stage.page.keyboard.press('Escape')
    await attempt(stage, 'throttled')
    await refresh(stage)
    await settings(stage).locator('.wait').waitFor()
  },
  held: async (stage) => {
    await button(stage, 'cancel').click()
    await button(stage, 'refresh').waitFor()
    await attempt(stage, 'halved')
    await refresh(stage)
    await settings(stage).locator('.names li').nth(3).waitFor()
  },
  capped: async (stage) => {
    await button(stage, 'approveRemoval').click()
    await button(stage, 'approveRemoval').waitFor({ state: 'detached' })
    await attempt(stage, 'capped')
    await refresh(stage)
    await settings(stage).locator('.note').waitFor()
  },
  offline: async (stage) => {
    await stage.context.setOffline(true)
    await refresh(stage)
    await settings(stage).locator('.message, .wait').first().waitFor()
  },
  refused: async (stage) => {
    await stage.context.setOffline(false)
    await button(stage, 'refresh').first().waitFor()
    await attempt(stage, 'revoked')
    await refresh(stage)
    await settings(stage).locator('[role=alert] [data-command=restart]').waitFor()
  },
  administrator: async (stage) => {
    await attempt(stage, 'admin')
    const tab = await opened(stage, 'restart')
    await choose(tab, 'Return to the application without granting consent')
    await settings(stage).locator('.administrator').waitFor()
  },
  try: async (stage) => {
    await view(stage, 'extra')
    await stage.page.locator('sandbox-panel button').first().waitFor()
  },
  inside: async (stage) => {
    await attempt(stage, 'normal')
    await view(stage, 'inside')
    await stage.page.locator('import-inspector li').nth(9).waitFor()
  },
} as const satisfies Readonly<Record<string, (stage: Stage) => Promise<void>>>

export type SceneName = keyof typeof scenes
