import { setTimeout as sleep } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { percentile } from '../harness/percentile.ts'
import { clearText, typeText, withPage } from './list-page.ts'
import type { PageToOpen } from './list-page.ts'
import type { BeginImport, GraphAccess } from './pages/ours.page.ts'
import { typedTexts } from './typed-texts.ts'

export interface SearchInput extends PageToOpen {
  /** Imports into an empty book meanwhile; null: the list is kept, and nothing else happens. */
  readonly graph: GraphAccess | null
}

/** Milliseconds between an answer and the next key: that of a person who types fast. */
const PAUSE = 100

/** Milliseconds between the click into the field and the first key: a hand moves from the mouse (Card, Moran and Newell 1980). */
const HOMING = 400

/** What a person is promised to wait at most, in ms. */
const PROMISED = 50

/** Types into our list until an import is over, or each text once. */
export const searchOurs = (input: SearchInput) =>
  withPage(
    { ...input, address: `${input.address}${input.graph === null ? '' : '?empty'}` },
    async ({ page }) => {
      const { graph } = input
      let isImporting = graph !== null
      const imported =
        graph === null
          ? null
          : page
              .evaluate(
                (graph) => (globalThis as unknown as { beginImport: BeginImport }).beginImport(graph),
                graph,
              )
              .finally(() => (isImporting = false))
      await page.locator('.row .name').first().waitFor()
      await page.locator('input').focus()
      await sleep(HOMING)
      if (graph === null) await warmUp(page)
      const known: number[] = []
      const times: number[] = []
      const goesOn = () => graph === null || isImporting
      do {
        for (const text of typedTexts) {
          for await (const { knownMs, drawnMs } of typeText(page, text)) {
            known.push(knownMs)
            times.push(drawnMs)
            await sleep(PAUSE)
            if (!goesOn()) break
          }
          await clearText(page)
          if (!goesOn()) break
        }
      } while (isImporting)
      await imported
      const questions = await page.evaluate(
        () => (globalThis as unknown as { questions: number[] }).questions,
      )
      return {
        questionMs: percentile(questions, 0.95),
        longestQuestion: Math.max(...questions),
        ...{ knownMs: percentile(known, 0.95), knownMedian: percentile(known, 0.5) },
        ...{ longestKnown: Math.max(...known), lateKnown: known.filter((ms) => ms > PROMISED).length },
        ms: percentile(times, 0.95),
        median: percentile(times, 0.5),
        longest: Math.max(...times),
        keys: times.length,
      }
    },
  )

/** The first key makes the index; during an import, it grows with the list. */
const warmUp = async (page: Page): Promise<void> => {
  await typeText(page, 'a').next()
  await clearText(page)
}
