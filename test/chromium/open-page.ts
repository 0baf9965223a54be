import type { BrowserContext, Page } from 'playwright-core'

/** Opens a page whose `window.parts` is ready. Throws the first error of its scripts. */
export const openPage = async (context: BrowserContext, origin: string): Promise<Page> => {
  const page = await context.newPage()
  const failed = new Promise<never>((_, reject) => page.once('pageerror', reject))
  failed.catch(() => undefined)
  await page.goto(origin)
  await Promise.race([page.waitForFunction(() => 'parts' in window), failed])
  return page
}
