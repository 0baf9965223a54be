import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import { inProfile, test } from '../browser-test.ts'
import { openExample } from './example-page.ts'
import { decide } from './person.ts'
import { searchProfile } from './profile/search.ts'
import { unsnapped } from './profile/snappy.ts'

test.override('contacts', 0)

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

describe('the profile of a person who imported', () => {
  test('has no contact and no secret in it in the clear, neither before a sign-out nor after it', async ({
    app,
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
      await page.press('refresh')
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
