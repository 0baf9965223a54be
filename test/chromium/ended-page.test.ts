import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { test } from '../browser-test.ts'
import { crashPage } from '../crash-page.ts'
import { newName } from './names.ts'
import { openPage } from './open-page.ts'

let pages: readonly [Page, Page, Page]
test.beforeEach(async ({ context, parts }) => {
  const open = () => openPage(context, parts.origin)
  pages = [await open(), await open(), await open()]
})

const locksIn = (page: Page, name: string) =>
  page.evaluateHandle(async (name) => (await window.parts.indexedDbStorage(name)).locks, name)

test.each(['crashes', 'is closed'])('a page that %s tells each page that waits for its lock', async (end) => {
  const name = newName()
  const holder = await locksIn(pages[0], name)
  expect(await holder.evaluate(async (locks) => (await locks.acquire('google')) !== null)).toBe(true)
  const told = [pages[1], pages[2]].map(async (page) =>
    (await locksIn(page, name)).evaluate(
      (locks) => new Promise<string>((resolve) => locks.whenFree('google', () => resolve('free'))),
    ),
  )
  const waiting = () =>
    pages[1].evaluate(async () => (await navigator.locks.query()).pending?.map(({ mode }) => mode))
  await expect.poll(waiting).toEqual(['shared', 'shared'])
  await (end === 'crashes' ? crashPage(pages[0]) : pages[0].close())
  expect(await Promise.all(told)).toEqual(['free', 'free'])
})

test('a page that waits for a lock and is frozen keeps it from no other page', async ({ context, parts }) => {
  const name = newName()
  const [holder, frozen, third] = await Promise.all(pages.map((page) => locksIn(page, name)))
  if (!holder || !frozen || !third) throw new Error('there are three')
  const acquire = (locks: typeof third) =>
    locks.evaluate(async (locks) => (await locks.acquire('google')) !== null)
  expect(await acquire(holder)).toBe(true)
  await frozen.evaluate((locks) => void locks.whenFree('google', () => undefined))
  const pending = () =>
    pages[2].evaluate(async () => (await navigator.locks.query()).pending?.map(({ mode }) => mode))
  await expect.poll(pending).toEqual(['shared'])
  const devTools = await context.newCDPSession(pages[1])
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await crashPage(pages[0])
  const isHeld = () =>
    pages[2].evaluate(
      async () => (await navigator.locks.query()).held?.some(({ mode }) => mode === 'exclusive') ?? false,
    )
  await expect.poll(isHeld).toBe(false)
  expect(await acquire(third)).toBe(true)
  // The frozen page still has what it was granted, and the next holder is noticed all the same.
  const fourth = await locksIn(await openPage(context, parts.origin), name)
  const isTold = fourth.evaluate(
    (locks) => new Promise<string>((resolve) => locks.whenFree('google', () => resolve('free'))),
  )
  expect(await acquire(fourth)).toBe(false)
  await pages[2].close()
  expect(await isTold).toBe('free')
  expect(await acquire(fourth)).toBe(true)
})

const openTab = (page: Page, name: string) => page.evaluateHandle((name) => window.parts.openTab(name), name)
type Tab = Awaited<ReturnType<typeof openTab>>

const shownIn = (tab: Tab) =>
  tab.evaluate(({ book }) => {
    const { state, runner, commands } = window.parts.account(book)
    return { state, runner, restart: commands.restart, cancel: commands.cancel }
  })

test.each(['consenting', 'fetching'] as const)(
  'a page that crashes while it is %s leaves an attempt that the others offer to start again or to cancel',
  async (state) => {
    const name = newName()
    const [first, second, third] = await Promise.all(pages.map((page) => openTab(page, name)))
    if (!first || !second || !third) throw new Error('there are three')
    await first.evaluate(async ({ book, source }, state) => {
      await book.signIn('microsoft365')
      const signIn = await source.signIns.next()
      if (state === 'consenting') return
      await signIn.grant()
      await source.fetches.next()
    }, state)
    const elsewhere = { state, runner: 'elsewhere', restart: 'running-elsewhere', cancel: null }
    for (const tab of [second, third]) await expect.poll(() => shownIn(tab)).toEqual(elsewhere)
    await crashPage(pages[0])
    const abandoned = { state, runner: 'nobody', restart: null, cancel: null }
    for (const tab of [second, third]) await expect.poll(() => shownIn(tab)).toEqual(abandoned)

    expect(await second.evaluate(({ book }) => book.restart('microsoft365'))).toMatchObject({ ok: true })
    const running = { state: 'consenting', restart: 'running-elsewhere' }
    await expect.poll(() => shownIn(third)).toMatchObject({ ...running, runner: 'elsewhere' })
    expect(await shownIn(second)).toMatchObject({ runner: 'here' })
  },
)
