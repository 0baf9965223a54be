import type { CDPSession, Page } from 'playwright-core'
import { percentile } from '../harness/percentile.ts'
import { clearText, longTasksDuring, longTasksFrom, typeText, withPage } from './list-page.ts'
import type { InPage, PageToOpen } from './list-page.ts'
import { typedTexts } from './typed-texts.ts'

/** Steps of each kind. */
const LINES = 60
const PAGES = 30

/** Pixels that the wheel turns at a time: a row. */
const TURN = 56

/** Opens a list that was kept, scrolls and searches in it, as a person does who has it in front of them. */
export const useList = (input: PageToOpen) =>
  withPage(input, async ({ page, devTools }) => {
    const { shownMs, interactiveMs } = await page.evaluate(
      () => (globalThis as unknown as InPage).measured.interactive,
    )
    const opening = await longTasksFrom(page, 0)
    const memory = await memoryOf(devTools)
    const lines = await scroll(page, byLines)
    const pages = await scroll(page, byPages)
    const [firstKey = NaN, ...keys] = await search(page)
    const used = await memoryOf(devTools)
    return {
      ...{ ms: interactiveMs, shownMs, openingTasks: opening.count, longestOpening: opening.longest },
      ...{ ...memory, usedHeapMb: used.heapMb },
      ...{ lineMs: lines.p95, lineTasks: lines.tasks.count, longestLine: lines.tasks.longest },
      ...{ pageMs: pages.p95, pageTasks: pages.tasks.count, longestPage: pages.tasks.longest },
      ...{ firstKey, key: percentile(keys, 0.95), longestKey: Math.max(...keys) },
    }
  })

const scroll = async (page: Page, steps: (page: Page) => AsyncGenerator<number>) => {
  await page.locator('.scroller').focus()
  const times: number[] = []
  const tasks = await longTasksDuring(page, async () => {
    for await (const ms of steps(page)) times.push(ms)
  })
  return { p95: percentile(times, 0.95), tasks }
}

/** By keys, and by the wheel, whose times are not known. */
async function* byLines(page: Page): AsyncGenerator<number> {
  for (let line = 0; line < LINES; line++) yield pressKey(page, 'ArrowDown')
  await page.locator('.scroller').hover()
  for (let line = 0; line < LINES; line++) {
    await page.mouse.wheel(0, TURN)
    await page.evaluate(() => (globalThis as unknown as InPage).measured.nextFrame())
  }
}

async function* byPages(page: Page): AsyncGenerator<number> {
  for (let turned = 0; turned < PAGES; turned++) yield pressKey(page, 'PageDown')
}

/** Milliseconds until the next frame after the key. */
const pressKey = async (page: Page, key: string): Promise<number> => {
  await page.keyboard.press(key)
  return page.evaluate(() => (globalThis as unknown as InPage).measured.sinceKey())
}

const search = async (page: Page): Promise<readonly number[]> => {
  await page.locator('input').focus()
  const times: number[] = []
  for (const text of typedTexts) {
    for await (const ms of typeText(page, text)) times.push(ms)
    await clearText(page)
  }
  return times
}

/** Megabytes (1,000,000 bytes) and nodes that are left after a collection of garbage. */
const memoryOf = async (devTools: CDPSession) => {
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize, embedderHeapUsedSize } = await devTools.send('Runtime.getHeapUsage')
  const { nodes } = await devTools.send('Memory.getDOMCounters')
  return { heapMb: usedSize / 1e6, domMb: embedderHeapUsedSize / 1e6, nodes }
}
