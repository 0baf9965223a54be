import { setTimeout as sleep } from 'node:timers/promises'
import type { CDPSession, Page } from 'playwright-core'
import { percentile } from '../harness/percentile.ts'
import { clearText, longTasksDuring, longTasksFrom, typeText, withPage } from './list-page.ts'
import type { InPage, PageToOpen } from './list-page.ts'
import { typedTexts } from './typed-texts.ts'

/** Milliseconds between a click into the field and the first key: that of a person who is quick. */
const PAUSE = 500

/** Pixels that the wheel turns at a time: a row. */
const TURN = 56

export interface UseInput extends PageToOpen {
  /** By keys, and as many by the wheel. */
  readonly lines: number
  readonly pages: number
  /** How many texts are typed. */
  readonly texts: number
}

/** Opens a list that was kept, scrolls in it and searches. */
export const useList = (input: UseInput) =>
  withPage(input, async ({ page, devTools }) => {
    const { shownMs, interactiveMs } = await page.evaluate(
      () => (globalThis as unknown as InPage).measured.interactive,
    )
    const opening = await longTasksFrom(page, 0)
    const memory = await memoryOf(devTools)
    const lines = await scroll(page, byLines(page, input))
    const pages = await scroll(page, byPages(page, input))
    const [firstKey = NaN, ...keys] = await search(page, input)
    const used = await memoryOf(devTools)
    return {
      ...{ ms: interactiveMs, shownMs, openingTasks: opening.count, longestOpening: opening.longest },
      ...{ ...memory, usedHeapMb: used.heapMb },
      ...{ lineMs: lines.p95, lineTasks: lines.tasks.count, longestLine: lines.tasks.longest },
      ...{ pageMs: pages.p95, pageTasks: pages.tasks.count, longestPage: pages.tasks.longest },
      ...{ firstKey, key: percentile(keys, 0.95), longestKey: Math.max(...keys) },
    }
  })

const scroll = async (page: Page, steps: AsyncGenerator<number>) => {
  await page.locator('.scroller').focus()
  const times: number[] = []
  const tasks = await longTasksDuring(page, async () => {
    for await (const ms of steps) times.push(ms)
  })
  return { p95: percentile(times, 0.95), tasks }
}

/** By keys, and by the wheel, whose times are not known. */
async function* byLines(page: Page, { lines }: UseInput): AsyncGenerator<number> {
  for (let line = 0; line < lines; line++) yield pressKey(page, 'ArrowDown')
  await page.locator('.scroller').hover()
  for (let line = 0; line < lines; line++) {
    await page.mouse.wheel(0, TURN)
    await page.evaluate(() => (globalThis as unknown as InPage).measured.nextFrame())
  }
}

async function* byPages(page: Page, { pages }: UseInput): AsyncGenerator<number> {
  for (let turned = 0; turned < pages; turned++) yield pressKey(page, 'PageDown')
}

/** Milliseconds until the next frame after the key. */
const pressKey = async (page: Page, key: string): Promise<number> => {
  await page.keyboard.press(key)
  return page.evaluate(() => (globalThis as unknown as InPage).measured.sinceKey())
}

const search = async (page: Page, { texts }: UseInput): Promise<readonly number[]> => {
  await page.locator('input').focus()
  await sleep(PAUSE)
  const times: number[] = []
  for (const text of typedTexts.slice(0, texts)) {
    for await (const { drawnMs } of typeText(page, text)) times.push(drawnMs)
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
