import type { CDPSession, Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { newName } from './names.ts'
import { openPage } from './open-page.ts'

let page: Page
let devTools: CDPSession
let origin = ''
test.beforeEach(async ({ profile, parts }) => {
  page = await openPage(profile, parts.origin)
  devTools = await profile.newCDPSession(page)
  origin = parts.origin
})

/**
 * In bytes; undefined: as much as the browser gives. A limit that is set before a page writes for the first time takes
 * effect at once; a later one may not, because the browser may remember how much space is left.
 */
const allow = (quotaSize?: number) =>
  devTools.send('Storage.overrideQuotaForOrigin', { origin, ...(quotaSize !== undefined && { quotaSize }) })

test('an append without space fails as full and leaves nothing; the earlier ones stay, and can be erased', async () => {
  await allow(600_000)
  const found = await page.evaluate(async (name) => {
    const { codeOf, exampleEvent, indexedDbStorage, randomBytes, readAll } = window.parts
    const { events } = await indexedDbStorage(name)
    let last = 0
    let code: string | null = null
    while (code === null && last < 100) {
      const event = exampleEvent(`${last}`, null, { payload: randomBytes(100_000) })
      code = await codeOf(events.append(last, [event]))
      if (code === null) last++
    }
    const whole: number[] = []
    for await (const { payload } of events.read(0, { payloads: true })) whole.push(payload?.length ?? 0)
    const end = exampleEvent('end', null, { type: 'account.signed-out' })
    await events.erase('microsoft365', await events.append(last, [end], [{ stream: 'microsoft365' }]))
    return { code, last, whole, left: (await readAll(events)).map(({ id }) => id) }
  }, newName())
  expect(found.code).toBe('storage-full')
  expect(found.last).toBeGreaterThan(0)
  expect(found.whole).toEqual(Array.from({ length: found.last }, () => 100_000))
  expect(found.left).toEqual(['end'])
})

test('an import without space fails as full, keeps the list that was there, and works again with space', async () => {
  await allow(2_000_000)
  const tab = await page.evaluateHandle((name) => window.parts.openTab(name), newName())
  const refresh = (count: number) =>
    tab.evaluate((tab, count) => window.parts.refreshAll(tab, window.parts.sampleContacts(count)), count)
  const shown = () => tab.evaluate(({ book }) => window.parts.names(book).length)
  await tab.evaluate((tab) => window.parts.importAll(tab, window.parts.sampleContacts(1_000)))
  expect(await refresh(8_000)).toMatchObject({ state: 'failed', code: 'storage-full' })
  expect(await shown()).toBe(1_000)
  await allow()
  expect(await refresh(2_000)).toMatchObject({ state: 'imported' })
  expect(await shown()).toBe(2_000)
})

test('a sign-out without any space removes the key, and the list is gone', async () => {
  await allow(2_000_000)
  const name = newName()
  const tab = await page.evaluateHandle((name) => window.parts.openTab(name), name)
  await tab.evaluate((tab) => window.parts.importAll(tab, window.parts.sampleContacts(1_000)))
  expect(await page.evaluate(() => window.parts.fillUp('another-database'))).toBe('QuotaExceededError')
  const left = await tab.evaluate(({ book }) => window.parts.leftOf(book.signOut('microsoft365')))
  expect(left).toEqual(['contacts'])
  expect(await page.evaluate((name) => window.parts.keyFiles(name), name)).toEqual([])
  await tab.evaluate(({ book }) => book.close())
  const next = await page.evaluateHandle((name) => window.parts.openTab(name), name)
  expect(await next.evaluate(({ book }) => window.parts.names(book))).toEqual([])
  expect(await next.evaluate(({ book }) => window.parts.account(book).list?.status)).toBe('lost')
  await allow()
  expect(await next.evaluate(({ book }) => window.parts.leftOf(book.signOut('microsoft365')))).toEqual([])
  expect(await next.evaluate(({ book }) => window.parts.eventTypes(book))).toEqual(['account.signed-out'])
})
