import { readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { inProfile, test } from '../browser-test.ts'
import { newName } from './names.ts'
import { openPage } from './open-page.ts'

let address = ''
test.beforeAll(({ parts }) => {
  address = parts.origin
})

const inBrowser = <T>(profile: string, work: (page: Page) => Promise<T>): Promise<T> =>
  inProfile(profile, async (context) => work(await openPage(context, address)))

const importIn = (page: Page, name: string, count = 1_000) =>
  page.evaluate(
    async ([name, count]) => {
      const { importAll, openTab, sampleContacts } = window.parts
      const tab = await openTab(name)
      await importAll(tab, sampleContacts(count))
      await tab.book.close()
    },
    [name, count] as const,
  )

const shownIn = (page: Page, name: string) =>
  page.evaluate(async (name) => {
    const { account, names, openTab } = window.parts
    const { book, store } = await openTab(name)
    const { state, list, notices } = account(book)
    const changesLostAfter = store.events.changesLostAfter ?? null
    const found = {
      state,
      status: list?.status ?? null,
      count: names(book).length,
      notices,
      changesLostAfter,
    }
    await book.close()
    return found
  }, name)

const openingIn = (page: Page, name: string) =>
  page.evaluate(async (name) => window.parts.codeOf(window.parts.indexedDbStorage(name)), name)

test('a list is there after the browser was closed, and gone after a sign-out', async ({ folder }) => {
  const name = newName()
  await inBrowser(folder, (page) => importIn(page, name))
  const found = await inBrowser(folder, (page) => shownIn(page, name))
  expect(found).toMatchObject({ state: 'imported', status: 'ready', count: 1_000, changesLostAfter: null })
  await inBrowser(folder, (page) =>
    page.evaluate(async (name) => {
      const { book } = await window.parts.openTab(name)
      await book.signOut('microsoft365')
      await book.close()
    }, name),
  )
  await inBrowser(folder, async (page) => {
    expect(await shownIn(page, name)).toMatchObject({ state: 'idle', count: 0 })
    expect(await page.evaluate((name) => window.parts.keyFiles(name), name)).toEqual([])
  })
})

describe('damaged files of the database', () => {
  const leveldb = async (profile: string): Promise<string> => {
    const folder = join(profile, 'Default', 'IndexedDB')
    const name = (await readdir(folder)).find((each) => each.endsWith('.leveldb'))
    if (name === undefined) throw new Error('no database')
    return join(folder, name)
  }

  const logOf = async (profile: string): Promise<string> => {
    const folder = await leveldb(profile)
    const logs = (await readdir(folder)).filter((file) => file.endsWith('.log')).sort()
    return join(folder, logs.at(-1) ?? 'none')
  }

  test('are not taken for those of a newcomer', async ({ folder }) => {
    const name = newName()
    await inBrowser(folder, (page) => importIn(page, name))
    await writeFile(await logOf(folder), 'damaged')
    const code = await inBrowser(folder, (page) => openingIn(page, name))
    expect(code).toBe('storage-damaged')
    // The browser has written new files meanwhile, and it is still known.
    expect(await inBrowser(folder, (page) => openingIn(page, name))).toBe('storage-damaged')
  })

  test('that lost their end show an earlier list, and say that it may be older', async ({ folder }) => {
    const name = newName()
    await inBrowser(folder, (page) => importIn(page, name, 50))
    const log = await logOf(folder)
    const { size } = await stat(log)
    await inBrowser(folder, (page) =>
      page.evaluate(async (name) => {
        const { openTab, refreshAll, sampleContacts } = window.parts
        const tab = await openTab(name)
        await refreshAll(tab, sampleContacts(55))
        await tab.book.close()
      }, name),
    )
    expect((await stat(log)).size).toBeGreaterThan(size)
    await truncate(log, size)
    const found = await inBrowser(folder, (page) => shownIn(page, name))
    expect(found).toMatchObject({
      state: 'imported',
      status: 'ready',
      count: 50,
      notices: ['list-may-be-older'],
    })
    expect(found.changesLostAfter).toBeGreaterThan(0)
  })

  test('cost only the payloads that they hold', async ({ folder }) => {
    const name = newName()
    await inBrowser(folder, (page) =>
      page.evaluate(async (name) => {
        const { exampleEvent, indexedDbStorage, randomBytes } = window.parts
        const { events } = await indexedDbStorage(name)
        for (let last = 0; last < 4; last++)
          await events.append(last, [exampleEvent(`${last}`, null, { payload: randomBytes(200_000) })])
        await events.close()
      }, name),
    )
    // The browser keeps each large value in a file of its own.
    const blobs = (await leveldb(folder)).replace(/leveldb$/, 'blob')
    const files = (await readdir(blobs, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files).toHaveLength(4)
    const [first = '', second = ''] = files.sort()
    await rm(first)
    await writeFile(second, (await readFile(second)).fill(7, 1_000, 2_000))
    const found = await inBrowser(folder, (page) =>
      page.evaluate(async (name) => {
        const { events } = await window.parts.indexedDbStorage(name)
        const read: unknown[] = []
        for await (const { payload, isPayloadDamaged } of events.read(0, { payloads: true }))
          read.push(isPayloadDamaged ? 'damaged' : payload?.length)
        return read
      }, name),
    )
    expect(found).toEqual(['damaged', 'damaged', 200_000, 200_000])
  })
})
