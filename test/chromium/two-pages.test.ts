import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { newName } from './names.ts'
import { openPage } from './open-page.ts'

let pages: readonly [Page, Page]
test.beforeEach(async ({ context, parts }) => {
  pages = [await openPage(context, parts.origin), await openPage(context, parts.origin)]
})

/** Appends until this page has appended `count` events, each at the position that it has read. */
const appendMany = (page: Page, [name, label, count]: readonly [string, string, number]) =>
  page.evaluate(
    async ([name, label, count]) => {
      const { exampleEvent, indexedDbStorage, readAll } = window.parts
      const { events } = await indexedDbStorage(name)
      let conflicts = 0
      for (let index = 0; index < count;) {
        const last = (await readAll(events, 0, false)).length
        try {
          await events.append(last, [exampleEvent(`${label} ${index}`, { index })])
          index++
        } catch (error) {
          if ((error as Error).name !== 'PositionConflict') throw error
          conflicts++
        }
      }
      await events.close()
      return conflicts
    },
    [name, label, count] as const,
  )

test('two pages that append at the same time lose and repeat nothing', async () => {
  const name = newName()
  const [one, two] = pages
  await Promise.all([appendMany(one, [name, 'one', 40]), appendMany(two, [name, 'two', 40])])
  const events = await one.evaluate(async (name) => {
    const { events } = await window.parts.indexedDbStorage(name)
    return (await window.parts.readAll(events)).map(({ id, position, payload }) => ({
      id,
      position,
      payload,
    }))
  }, name)
  expect(events.map(({ position }) => position)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1))
  for (const label of ['one', 'two']) {
    const own = events.filter(({ id }) => id.startsWith(label))
    expect(own.map(({ payload }) => payload)).toEqual(Array.from({ length: 40 }, (_, index) => ({ index })))
  }
})

test('two pages that create the same store at the same time get the same one', async () => {
  const name = newName()
  const keys = await Promise.all(
    pages.map((page) =>
      page.evaluate(async (name) => {
        const { events, keys } = await window.parts.indexedDbStorage(name)
        return [events.key, String((await keys.obtain('store/microsoft365/first')).id)]
      }, name),
    ),
  )
  expect(keys[0]).toEqual(keys[1])
})

test('a lock is held by one page, and free once that page is gone', async () => {
  const name = newName()
  const acquire = (page: Page) =>
    page.evaluate(
      async (name) => (await (await window.parts.indexedDbStorage(name)).locks.acquire('google')) !== null,
      name,
    )
  expect(await acquire(pages[0])).toBe(true)
  expect(await acquire(pages[1])).toBe(false)
  await pages[0].close()
  await expect.poll(() => acquire(pages[1])).toBe(true)
})

test('one page imports, and the other shows the list', async () => {
  const name = newName()
  const shown = pages[1].evaluate(async (name) => {
    const { names, openTab } = window.parts
    const { book } = await openTab(name)
    return new Promise<number>((resolve) =>
      book.accounts.subscribe(() => {
        const count = names(book).length
        if (count > 0) resolve(count)
      }),
    )
  }, name)
  await pages[0].evaluate(async (name) => {
    const { importAll, openTab, sampleContacts } = window.parts
    await importAll(await openTab(name), sampleContacts(1_100))
  }, name)
  expect(await shown).toBe(1_100)
})

test('an older page makes way for a newer one at once, and has to be loaded again', async () => {
  const name = newName()
  const old = await pages[0].evaluateHandle((name) => window.parts.openTab(name), name)
  await old.evaluate((tab) => window.parts.importAll(tab))
  const blocked = await pages[1].evaluate(async (name) => {
    const request = indexedDB.open(name, 2)
    let isBlocked = false
    request.onblocked = () => (isBlocked = true)
    await new Promise((resolve) => (request.onsuccess = resolve))
    return isBlocked
  }, name)
  expect(blocked).toBe(false)
  const refreshing = old.evaluate(({ book }) => window.parts.codeOf(book.refresh('microsoft365')))
  expect(await refreshing).toBe('storage-unavailable')
  expect(await old.evaluate(({ book }) => window.parts.names(book).length)).toBe(3)
  await old.evaluate(({ book }) => book.close())
  // Loaded again without being newer: it shows the list, and changes nothing.
  const again = await pages[0].evaluateHandle((name) => window.parts.openTab(name), name)
  expect(await again.evaluate(({ store }) => store.events.newer)).toBe(true)
  expect(await again.evaluate(({ book }) => window.parts.names(book).length)).toBe(3)
  expect(await again.evaluate(({ book }) => book.refresh('microsoft365'))).toEqual({
    ok: false,
    refusal: 'store-is-newer',
  })
})
