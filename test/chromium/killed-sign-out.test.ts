import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { soakCases } from '../soak.ts'
import { newName } from './names.ts'
import { openPage } from './open-page.ts'
import type { Moment } from './page/parts.ts'

/** Signs out until the moment, at which the page crashes. */
const signOutUntil = async (page: Page, [name, moment]: readonly [string, Moment]) => {
  const crashed = page.waitForEvent('crash')
  const reached = page.evaluate(
    async ([name, moment]) => {
      const { importAll, openTab, sampleContacts, stopAt } = window.parts
      const before = await openTab(name)
      await importAll(before, sampleContacts(600))
      await before.book.close()
      const stop = stopAt(moment)
      const { book } = await openTab(name, stop.changed)
      void book.signOut('microsoft365')
      await stop.reached
    },
    [name, moment] as const,
  )
  await reached
  const devTools = await page.context().newCDPSession(page)
  void devTools.send('Page.crash').catch(() => undefined)
  await crashed
}

const moments = [
  ['before append', true],
  ['after append', false],
  ['before destroy', false],
  ['after destroy', false],
  ['before erase', false],
  ['after erase', false],
] as const

test.for(soakCases(moments, 2))(
  'a page that crashes %s of a sign-out leaves a list: %s, otherwise nothing',
  async ([moment, isKept], { context, parts }) => {
    const name = newName()
    await signOutUntil(await openPage(context, parts.origin), [name, moment])
    const page = await openPage(context, parts.origin)
    const tab = await page.evaluateHandle((name) => window.parts.openTab(name), name)
    const names = () => tab.evaluate(({ book }) => window.parts.names(book).length)
    expect(await names()).toBe(isKept ? 600 : 0)
    if (isKept) await tab.evaluate(({ book }) => book.signOut('microsoft365'))
    await tab.evaluate(({ book }) => book.close())
    const left = await page.evaluate(async (name) => {
      const { dumpOf, keyFiles } = window.parts
      const { events, payloads, views } = await dumpOf(name)
      const note = localStorage.getItem(`device-contacts/${name}`)
      return { events: events?.length, payloads, views, keys: await keyFiles(name), note }
    }, name)
    expect(left).toEqual({ events: 1, payloads: [], views: [], keys: [], note: null })
  },
)
