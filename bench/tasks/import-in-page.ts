import { chromium, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { browserOptions } from '../../test/browser.ts'
import type { RequestCounts } from '../graph/recorded-graph.ts'
import { checkCount, type ImportInput } from '../graph/listing.ts'
import type { MeasuredPage } from '../web/page.ts'
import { pageModule, servePages } from '../web/serve-page.ts'
import { collectLongTasks, failureOf } from '../web/watched-page.ts'

/** The pages that are compared. */
export type PageName = 'ours' | 'plain'

export interface PageImportInput extends ImportInput {
  readonly page: PageName
  /** For the profile of the browser, on the disk. */
  readonly folder: string
  /** How many times slower than this machine the page's thread is. */
  readonly slowdown: number
}

interface Measured {
  readonly measured: MeasuredPage
  readonly longTasks: readonly { readonly startTime: number; readonly duration: number }[]
}

/** An import by a page of a real browser, in a new profile, and how soon another page shows what it has stored. */
export const importInPage = async (input: PageImportInput) => {
  const ended = new AbortController()
  const entry = pageModule(import.meta.url, `../web/${input.page}`)
  const origin = await servePages({ page: entry }, ended.signal)
  const context = await chromium.launchPersistentContext(input.folder, await browserOptions())
  try {
    const imported = await importOnce(context, origin, input)
    return { ...imported, reopenMs: await reopen(context, origin, input) }
  } finally {
    await context.close()
    ended.abort()
  }
}

const importOnce = async (context: BrowserContext, origin: string, input: PageImportInput) => {
  const page = await context.newPage()
  await collectLongTasks(page)
  const failed = failureOf(page)
  await page.goto(`${origin}/page`)
  await Promise.race([page.waitForFunction(() => 'measured' in globalThis), failed])
  const devTools = await slowDown(context, page, input)
  await takeCounts(input)
  const { origin: graph, token } = input
  const { count, start, ms } = await page.evaluate(
    async (graph) => {
      const start = performance.now()
      const count = await (globalThis as unknown as Measured).measured.importAll(graph)
      return { count, start, ms: performance.now() - start }
    },
    { origin: graph, token },
  )
  checkCount(count, input)
  const { requests, preflights } = await takeCounts(input)
  const heapMb = await heapOf(devTools)
  const longTasks = await page.evaluate(async (start) => {
    const { measured, longTasks } = globalThis as unknown as Measured
    await measured.finish()
    // The observer hears of a task once it is over.
    await new Promise((resolve) => setTimeout(resolve, 100))
    return longTasks.filter(({ startTime }) => startTime >= start).map(({ duration }) => duration)
  }, start)
  await page.close()
  return {
    ...{ ms, requests, preflights, heapMb },
    longTasks: longTasks.length,
    longestTask: Math.max(0, ...longTasks),
  }
}

/** Milliseconds from the navigation of a new page to its first screen. */
const reopen = async (context: BrowserContext, origin: string, input: PageImportInput): Promise<number> => {
  const page = await context.newPage()
  const failed = failureOf(page)
  await slowDown(context, page, input)
  await page.goto(`${origin}/page?open`)
  const shown = page.waitForFunction(() => document.documentElement.dataset['shownAt'])
  return Number(await (await Promise.race([shown, failed])).jsonValue())
}

const slowDown = async (context: BrowserContext, page: Page, { slowdown }: PageImportInput) => {
  const devTools = await context.newCDPSession(page)
  if (slowdown > 1) await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  return devTools
}

/** Megabytes (1,000,000 bytes) that the page's JavaScript holds after a collection of garbage. */
const heapOf = async (devTools: CDPSession): Promise<number> => {
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  return usedSize / 1e6
}

const takeCounts = async ({ origin }: PageImportInput): Promise<RequestCounts> => {
  const response = await fetch(`${origin}/counts`)
  return (await response.json()) as RequestCounts
}
