import type { Page } from 'playwright-core'

/**
 * What a person does in a sign-in tab, whichever of its pages is there: a second sign-in skips some. Resolves when our own
 * page says how it ended, or when the tab has closed itself.
 */
export const decide = async (tab: Page, decision: 'accept' | 'decline'): Promise<void> => {
  const isClosed = tab.isClosed() ? Promise.resolve() : tab.waitForEvent('close')
  const ended = tab
    .getByRole('status')
    .getByRole('heading', { level: 1 })
    .and(tab.locator('h1:not(:text-is("One moment"))'))
  const account = tab.getByRole('button', { name: 'Mira Lindqvist' })
  const answer = tab.getByRole('button', { name: decision === 'accept' ? 'Accept' : 'Cancel' })
  const next = async (): Promise<void> => {
    await ended.or(account).or(answer).first().waitFor()
    if (await ended.isVisible()) return
    const button = (await account.isVisible()) ? account : answer
    const address = tab.url()
    await button.click()
    await tab.waitForURL((url) => url.href !== address)
    await next()
  }
  const done = next()
  done.catch(() => undefined)
  await Promise.race([done, isClosed])
}

/** The first page of a sign-in: the person chooses an account, and is asked to agree. */
export const chooseAccount = async (tab: Page): Promise<void> => {
  await tab.getByRole('button', { name: 'Mira Lindqvist' }).click()
  await tab.getByRole('button', { name: 'Accept' }).waitFor()
}

/** The second page: the person agrees. Resolves without an answer of the app. */
export const accept = (tab: Page): Promise<void> => tab.getByRole('button', { name: 'Accept' }).click()

/** The same in the app's own tab. Resolves when the app is back. */
export const decideHere = async (tab: Page, app: string): Promise<void> => {
  await chooseAccount(tab)
  await accept(tab)
  await tab.waitForURL(app)
}

/** Our page in the tab says this. */
export const says = (tab: Page, heading: string): Promise<void> =>
  tab.getByRole('status').getByRole('heading', { level: 1, name: heading }).waitFor()
