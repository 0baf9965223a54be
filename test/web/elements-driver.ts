import { expect } from 'vitest'
import type { Page } from 'playwright-core'
import type { Decide, PacedService } from '../../examples/web/page-driver.ts'
import { explainFailure, messages } from '../../src/messages.ts'
import type { AccountMark } from '../../src/messages.ts'
import type { StateName } from '../../src/index.ts'
import type { PathDriver } from '../../src/testing/walk-path.ts'
import type { ExpectedAccount } from '../../src/testing/model-paths.ts'

const words = messages('en')

const marks: Readonly<Record<StateName, AccountMark | null>> = {
  idle: null,
  consenting: 'waitingForYou',
  cancelled: 'stopped',
  fetching: 'importing',
  capped: 'upToDate',
  failed: 'attention',
  imported: 'upToDate',
}

const markOf = (state: StateName, { isHeld, hasList }: { isHeld: boolean; hasList: boolean }) => {
  if (state === 'fetching' && hasList) return 'updating'
  return state === 'failed' && isHeld ? 'question' : marks[state]
}

/** Walks the paths of the machine by clicks on `<contact-settings>`, and reads it and `<contact-list>`. */
export const elementsDriver = (page: Page, service: PacedService, decide: Decide): PathDriver => {
  let tab: Page | null = null
  const settings = page.locator('contact-settings')
  const inTab = async (decision: 'accept' | 'decline'): Promise<void> => {
    if (tab === null) throw new Error('no command has opened a tab')
    await decide(tab, decision)
  }
  const button = (command: string) => settings.locator(`button[data-command=${command}][aria-disabled=false]`)

  const expectSettings = async ({ state, list, held, code, pages, commands }: ExpectedAccount) => {
    const mark = markOf(state, { isHeld: held !== null, hasList: list !== null })
    const badge = settings.locator('section > header .badge')
    if (mark === null) await badge.waitFor({ state: 'detached' })
    else await badge.filter({ hasText: words.settings.marks[mark] }).waitFor()
    for (const [command, refusal] of Object.entries(commands))
      if (refusal === null) await button(command).waitFor()
      else await expect.poll(() => button(command).count()).toBe(0)
    const count = settings.locator('.count')
    if (list === null) await count.waitFor({ state: 'detached' })
    else await count.filter({ hasText: sizeOf(list) }).waitFor()
    if (pages !== null && pages > 0) await settings.locator('.counts', { hasText: /^\s*[1-9]/ }).waitFor()
    if (held !== null)
      await settings
        .getByRole('alert')
        .filter({ hasText: words.settings.held.question(held.removes, held.of) })
        .waitFor()
    else if (code !== null) {
      const situation = { source: 'microsoft365', steps: words.settings.steps, storage: 'browser' } as const
      const { happened } = explainFailure(words, code, situation)
      await settings.getByRole('alert').filter({ hasText: happened }).waitFor()
    }
  }

  const expectList = async ({ list, pages }: ExpectedAccount) => {
    await page.evaluate(() => (location.hash = 'contacts'))
    // While the first pages arrive, the list grows.
    if (list !== null)
      await page
        .locator(`contact-list [role=grid][aria-rowcount="${list.count}"] [role=row]`)
        .first()
        .waitFor()
    else if (pages === null || pages === 0) await page.locator('contact-list [part=empty]').waitFor()
    await page.evaluate(() => (location.hash = 'settings'))
    await settings.waitFor()
  }

  return {
    ...service,
    command: async (type) => {
      const opens = type === 'signIn' || type === 'restart'
      const [opened] = await Promise.all([opens ? page.waitForEvent('popup') : null, button(type).click()])
      if (type === 'signOut')
        await page.getByRole('dialog').getByRole('button', { name: words.settings.commands.signOut }).click()
      tab = opened ?? tab
    },
    grant: () => inTab('accept'),
    decline: () => inTab('decline'),
    expectShown: async (expected) => {
      await expectSettings(expected)
      await expectList(expected)
    },
  }
}

const sizeOf = ({ count, capped }: { readonly count: number; readonly capped: boolean }): string =>
  capped ? words.contactsOf(count, 10_001) : words.contacts(count)
