import type { Page } from 'playwright-core'

/** Collects the long tasks of a page from its beginning on, as `globalThis.longTasks`: start and duration in ms. */
export const collectLongTasks = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const longTasks: object[] = []
    Object.assign(globalThis, { longTasks })
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) longTasks.push({ startTime, duration })
    }).observe({ type: 'longtask' })
  })

/** Rejects if the page throws, and never resolves. */
export const failureOf = (page: Page): Promise<never> => {
  const failed = new Promise<never>((_, reject) => page.once('pageerror', reject))
  // It may fail while nothing waits for it.
  failed.catch(() => undefined)
  return failed
}
