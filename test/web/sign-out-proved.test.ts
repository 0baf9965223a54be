import { randomBytes } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import type { Fault } from '../../sandbox/index.ts'
import type { StateName } from '../../src/index.ts'
import { inProfile, test as browserTest } from '../browser-test.ts'
import type { ExampleApp } from './example-app.ts'
import { type ExamplePage, openExample } from './example-page.ts'
import { decide } from './person.ts'
import { searchProfile } from './profile/search.ts'
import { unsnapped } from './profile/snappy.ts'

const test = browserTest.extend('contacts', { scope: 'file' }, 0)

const newMark = (): string => `zq${randomBytes(8).toString('hex')}`

describe('the search of a profile', () => {
  test('decompresses blocks, also those that repeat what they have just written', () => {
    const block = [14, 0x08, ...Buffer.from('abc'), 0x1d, 3]
    expect(unsnapped(Buffer.from(block)).toString()).toBe('abcabcabcabcab')
  })

  const places = ['a small value', 'a large value', 'localStorage', 'sessionStorage', 'a file'] as const

  const store = (page: Page, marked: Readonly<Record<string, string>>) =>
    page.evaluate(async (marked) => {
      const request = indexedDB.open('control')
      request.onupgradeneeded = () => request.result.createObjectStore('values')
      await new Promise((resolve) => (request.onsuccess = resolve))
      const transaction = request.result.transaction('values', 'readwrite', { durability: 'strict' })
      const small = marked['a small value'] ?? ''
      for (let key = 0; key < 20; key++)
        transaction.objectStore('values').put({ text: `one of many values ${key} ${small}` }, `small ${key}`)
      const large = `a sentence that repeats and repeats, ${marked['a large value'] ?? ''}. `.repeat(20_000)
      transaction.objectStore('values').put(large, 'large')
      // The browser writes a table once its log is long enough.
      for (let key = 0; key < 300; key++)
        transaction.objectStore('values').put(crypto.getRandomValues(new Uint8Array(50_000)), `filler ${key}`)
      await new Promise((resolve) => (transaction.oncomplete = resolve))
      localStorage.setItem('control', marked['localStorage'] ?? '')
      sessionStorage.setItem('control', marked['sessionStorage'] ?? '')
      const folder = await navigator.storage.getDirectory()
      const file = await (await folder.getFileHandle('control', { create: true })).createWritable()
      await file.write(marked['a file'] ?? '')
      await file.close()
    }, marked)

  test('finds what a page stores in the clear, in every place', async ({ app, folder }) => {
    const marked = Object.fromEntries(places.map((place) => [place, newMark()]))
    await inProfile(folder, async (context) => {
      const page = await context.newPage()
      await page.goto(`${app.address}sign-in.html`)
      await store(page, marked)
    })
    const { hits } = await searchProfile(folder, Object.values(marked))
    for (const place of places) expect(hits.join(), place).toContain(marked[place])
    expect(hits.filter((hit) => hit.includes('.ldb')).join()).toContain(marked['a small value'])
  })
})

/** The keys that are in files of the page's origin. */
const keysOf = async ({ tab }: ExamplePage): Promise<readonly Buffer[]> => {
  const files = await tab.evaluate(async () => {
    const found: number[][] = []
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('device-contacts.keys')
    for await (const file of folder.values())
      if (file instanceof FileSystemFileHandle)
        found.push([...new Uint8Array(await (await file.getFile()).arrayBuffer())])
    return found
  })
  // The checksum after the key reveals nothing.
  return files.map((bytes) => Buffer.from(bytes.slice(0, 32)))
}

/** Gives all contacts of the mailbox new marked texts. */
const mark = ({ sandbox }: ExampleApp): string => {
  const marked = newMark()
  const mailbox = sandbox.mailbox('user')
  for (let missing = 60 - mailbox.contacts().length; missing > 0; missing--)
    mailbox.add({ displayName: 'New' })
  for (const { immutableId } of mailbox.contacts())
    mailbox.change(immutableId, { displayName: `Name ${marked}`, personalNotes: `Note ${marked}` })
  return marked
}

/** The deltas that end a listing, after the folders, the count, the beginning of the deltas and a page of contacts. */
const LAST_REQUEST = 'POST /v1.0/$batch'

// By the tenant: DevTools that hold a request back make the browser cache its response, although the page forbids it.
const unfinished: Fault = { kind: 'silent', match: LAST_REQUEST, skip: 4 }

const someStaged = (page: ExamplePage) => page.tab.locator('#doing', { hasText: /^[1-9]/ }).waitFor()

const signOut = async (page: ExamplePage): Promise<void> => {
  await page.press('signOut')
  await page.shows('idle')
  await expect.poll(page.enabled).toEqual(['signIn'])
}

/** As kill -9 does, all processes of the browser at once: no step of closing is taken. */
const kill = async (context: BrowserContext): Promise<void> => {
  const devTools = await context.browser()?.newBrowserCDPSession()
  const processes = (await devTools?.send('SystemInfo.getProcessInfo'))?.processInfo ?? []
  expect(processes.length).toBeGreaterThan(1)
  const closed = context.waitForEvent('close')
  for (const { id } of processes) process.kill(id, 'SIGKILL')
  await closed
}

describe('a sign-out', () => {
  test('leaves no contact, secret or key in the profile, in whichever state it is given', async ({
    ownApp: app,
    folder,
  }) => {
    const { sandbox } = app
    const searched: (string | Buffer)[] = []
    await inProfile(folder, async (context) => {
      const page = await openExample(context, app)
      const begin = async (...faults: readonly Fault[]) => {
        sandbox.settings.change({ faults: [...faults] })
        await decide(await page.pressForTab('signIn'), 'accept')
      }
      const imported = async () => {
        await begin()
        await page.shows('imported')
      }
      const staged = async () => {
        await begin(unfinished)
        await someStaged(page)
      }
      const states: readonly (readonly [StateName, () => Promise<unknown>])[] = [
        ['imported', imported],
        ['fetching', staged],
        ['cancelled', () => staged().then(() => page.press('cancel'))],
        [
          'consenting',
          async () => {
            await imported()
            sandbox.revokeConsent('user')
            const tab = await page.pressForTab('restart')
            await tab.getByRole('button', { name: 'Mira Lindqvist' }).waitFor()
          },
        ],
        // After the folders, the count, the beginning of the deltas and a page of contacts.
        ['failed', () => begin({ kind: 'status', status: 403, skip: 4 })],
        [
          'failed',
          async () => {
            await imported()
            const mailbox = sandbox.mailbox('user')
            for (const { immutableId } of mailbox.contacts().slice(5)) mailbox.remove(immutableId)
            await page.press('refresh')
            await page.tab.locator('button[name=approveRemoval]:enabled').waitFor()
          },
        ],
      ]
      for (const [state, reach] of states) {
        searched.push(mark(app))
        await reach()
        await page.shows(state)
        const keys = await keysOf(page)
        expect(keys.length, state).toBeGreaterThan(0)
        searched.push(...keys)
        await signOut(page)
        expect(await keysOf(page)).toEqual([])
        sandbox.revokeConsent('user')
        sandbox.settings.change({ faults: [] })
      }
    })
    const { databases, hits } = await searchProfile(folder, [...searched, ...sandbox.issuedSecrets()])
    expect(databases).toBeGreaterThan(0)
    expect(hits).toEqual([])
  })

  test('leaves nothing either after a browser that was killed in an import, and in the sign-out itself', async ({
    ownApp: app,
    folder,
  }) => {
    const marked = mark(app)
    const keys: Buffer[] = []
    /** What is in the clear, and which keys are there. */
    const search = async () => {
      const { hits } = await searchProfile(folder, [marked, ...app.sandbox.issuedSecrets()])
      return { hits, keys: (await searchProfile(folder, keys)).hits.length }
    }

    await inProfile(folder, async (context) => {
      const page = await openExample(context, app)
      app.sandbox.settings.change({ faults: [unfinished] })
      await decide(await page.pressForTab('signIn'), 'accept')
      await someStaged(page)
      keys.push(...(await keysOf(page)))
      await kill(context)
    })
    const interrupted = await search()
    expect(interrupted.hits).toEqual([])
    expect(interrupted.keys).toBeGreaterThan(0)

    app.sandbox.settings.change({ faults: [] })
    await inProfile(folder, async (context) => {
      let noteStop: () => void = () => undefined
      const isStopped = new Promise<void>((resolve) => (noteStop = resolve))
      await context.exposeFunction('noteStop', () => noteStop())
      await context.addInitScript(() => {
        if (!isSecureContext) return
        FileSystemDirectoryHandle.prototype.removeEntry = () => {
          void (Reflect.get(window, 'noteStop') as () => Promise<void>)()
          return new Promise(() => undefined)
        }
      })
      const page = await openExample(context, app)
      await page.shows('imported')
      expect((await page.names())[0]).toContain(marked)
      await page.press('signOut')
      await isStopped
      await kill(context)
    })
    const begun = await search()
    expect(begun.hits).toEqual([])
    expect(begun.keys).toBeGreaterThan(0)

    await inProfile(folder, async (context) => {
      const page = await openExample(context, app)
      await page.shows('idle')
      expect(await page.names()).toEqual([])
      await expect.poll(() => keysOf(page)).toEqual([])
      await expect.poll(page.enabled).toEqual(['signIn'])
    })
    expect(await search()).toEqual({ hits: [], keys: 0 })
  })
})

describe('the profile of a person who imported', () => {
  test('has no contact and no secret in it in the clear, neither before a sign-out nor after it', async ({
    ownApp: app,
    folder,
  }) => {
    const mark = newMark()
    const mailbox = app.sandbox.mailbox('user')
    for (let index = 0; index < 1_200; index++)
      mailbox.add({
        displayName: `Name ${mark} ${index}`,
        mobilePhone: `+99 ${index} ${mark}`,
        personalNotes: index % 50 === 0 ? `Note ${mark}, long and repeated. `.repeat(400) : mark,
      })
    const searched = () => [mark, ...app.sandbox.issuedSecrets()]

    await inProfile(folder, async (context) => {
      const page = await openExample(context, app)
      await decide(await page.pressForTab('signIn'), 'accept')
      await page.shows('imported')
      expect((await page.names())[0]).toContain(mark)
      for (const contact of mailbox.contacts().slice(0, 5))
        mailbox.change(contact.immutableId, { displayName: `Changed ${mark}` })
      await page.press('refresh')
      await page.tab.locator('#contacts > li', { hasText: 'Changed' }).nth(4).waitFor()
    })
    const linked = await searchProfile(folder, searched())
    expect(linked.databases).toBeGreaterThan(0)
    expect(linked.hits).toEqual([])

    await inProfile(folder, async (context) => {
      const page = await openExample(context, app)
      await page.shows('imported')
      expect((await page.names())[0]).toContain(mark)
      // Renews the access, so that a second generation of tokens is there.
      const first = app.sandbox.issuedSecrets().length
      await page.press('refresh')
      await expect.poll(() => app.sandbox.issuedSecrets().length).toBeGreaterThan(first)
      await page.shows('imported')
      await page.press('signOut')
      await page.shows('idle')
      await expect.poll(page.enabled).toEqual(['signIn'])
    })
    const secrets = app.sandbox.issuedSecrets()
    expect(secrets.length).toBeGreaterThan(4)
    const signedOut = await searchProfile(folder, searched())
    expect(signedOut.databases).toBeGreaterThan(0)
    expect(signedOut.hits).toEqual([])
  })
})
