import { chromium, type CDPSession, type Page } from 'playwright-core'
import { browserOptions } from '../../test/browser.ts'
import { collectLongTasks, failureOf } from '../web/watched-page.ts'
import type { AnswerTimes, MeasuredList } from './pages/measured-list.ts'

/** A page that a task opens. */
export interface PageToOpen {
  /** The address of the page. */
  readonly address: string
  /** The profile of the browser, on the disk. */
  readonly profile: string
  /** How many times slower than this machine the page's thread is. */
  readonly slowdown: number
}

/** The globals of the page, for functions that run there. */
export interface InPage {
  readonly measured: MeasuredList
  readonly longTasks: readonly { readonly startTime: number; readonly duration: number }[]
}

export interface OpenedPage {
  readonly page: Page
  readonly devTools: CDPSession
}

/** Milliseconds; a slow page is no failure. */
const TIME_OUT = 300_000

/** Opens a page in a new browser, and closes both afterwards. Rejects if the page throws. */
export const withPage = async <Result>(
  { address, profile, slowdown }: PageToOpen,
  use: (opened: OpenedPage) => Promise<Result>,
): Promise<Result> => {
  const context = await chromium.launchPersistentContext(profile, await browserOptions())
  try {
    const page = await context.newPage()
    page.setDefaultTimeout(TIME_OUT)
    await collectLongTasks(page)
    const failed = failureOf(page)
    const devTools = await context.newCDPSession(page)
    if (slowdown > 1) await devTools.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.goto(address)
    return await Promise.race([use({ page, devTools }), failed])
  } finally {
    await context.close()
  }
}

/** The tasks over 50 ms in the page's thread while some work is done: how many, and the milliseconds of the longest. */
export const longTasksDuring = async (page: Page, work: () => Promise<void>): Promise<LongTasks> => {
  const start = await page.evaluate(() => performance.now())
  await work()
  return longTasksFrom(page, start)
}

export interface LongTasks {
  readonly count: number
  /** 0 if there are none. */
  readonly longest: number
}

/** @param start milliseconds since the navigation */
export const longTasksFrom = async (page: Page, start: number): Promise<LongTasks> => {
  const durations = await page.evaluate(async (start) => {
    const { longTasks } = globalThis as unknown as InPage
    // The observer hears of a task once it is over.
    await new Promise((resolve) => setTimeout(resolve, 200))
    return longTasks.filter(({ startTime }) => startTime >= start).map(({ duration }) => duration)
  }, start)
  return { count: durations.length, longest: Math.max(0, ...durations) }
}

/** Types a text key by key, and waits for the results of each. Yields the times of each key. */
export async function* typeText(page: Page, text: string): AsyncGenerator<AnswerTimes> {
  for (let typed = 1; typed <= text.length; typed++) {
    await page.keyboard.press(text.charAt(typed - 1))
    yield await page.evaluate(
      (text) => (globalThis as unknown as InPage).measured.answerTo(text),
      text.slice(0, typed),
    )
  }
}

/** Empties the field, and waits until the list is back. */
export const clearText = async (page: Page): Promise<void> => {
  await page.keyboard.press('Escape')
  await page.evaluate(async () => {
    const { measured } = globalThis as unknown as InPage
    await measured.nextFrame()
    await new Promise((resolve) => setTimeout(resolve, 100))
  })
}
