import type { Page } from 'playwright-core'

/** Ends the process of a page, as the browser or the system does when memory is short. */
export const crashPage = async (page: Page): Promise<void> => {
  const crashed = page.waitForEvent('crash')
  const devTools = await page.context().newCDPSession(page)
  void devTools.send('Page.crash').catch(() => undefined)
  await crashed
}
