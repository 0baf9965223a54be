import { copyFile, mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { SerialQueue } from '../../src/async/serial-queue.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { Contact, EventStore } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { importAll, list } from '../core/device.ts'
import { copyKeys } from '../storage/base-store.ts'
import { losingPayloads } from '../storage/losing-payloads.ts'

const CONTACTS = sampleContacts(1_200)
const CHANGED = CONTACTS.slice(0, 700).map((contact) => ({ ...contact, version: `${contact.id}-2` }))

let folder: string
test.beforeEach(async ({ folder: own }) => {
  folder = own
})

const isStore = (name: string) => /^contacts\.db(-wal)?$/.test(name)

/** Copies the files after each transaction: what would be left if the process were killed then. */
const photographed = (store: EventStore, images: string[]): EventStore => {
  const photograph = async () => {
    const image = join(folder, `image-${images.length}`)
    await mkdir(image)
    for (const name of (await readdir(folder)).filter(isStore))
      await copyFile(join(folder, name), join(image, name))
    await copyKeys(join(folder, 'contacts.db'), join(image, 'contacts.db'))
    images.push(image)
  }
  // One at a time: a copy that is made during a write would contain half of it.
  const queue = new SerialQueue()
  return {
    ...store,
    append: (...args) =>
      queue.run(async () => {
        const position = await store.append(...args)
        await photograph()
        return position
      }),
    saveView: (view) =>
      queue.run(async () => {
        await store.saveView(view)
        await photograph()
      }),
  }
}

const versions = (contacts: readonly Contact[]) =>
  contacts.map(({ id, version }) => `${id} ${version}`).sort()

/** The list of an image, from its saved view and from its events alone. */
const shownIn = async (image: string) => {
  const { events, locks, keys } = await sqliteStorage(join(image, 'contacts.db'), { keyRing: false })
  const alone = losingPayloads(events, () => false, { views: false })
  const rebuilt = await openContactBook({
    store: { events: { ...alone, close: async () => undefined }, locks, keys },
    sources: [],
  })
  const book = await openContactBook({ store: { events, locks, keys }, sources: [] })
  const shown = [versions(rebuilt.contacts.get()), versions(book.contacts.get())]
  const last = rebuilt.history.get().at(-1)
  await rebuilt.close()
  await book.close()
  return { shown, isCompleted: last?.outcome === 'imported' }
}

test.each(['changes', 'a complete listing'])(
  'killed after any transaction of a refresh by %s, of a checkpoint or of a drop, a store shows a whole list',
  async (by) => {
    const source = new ScriptedSource()
    const images: string[] = []
    const { events, locks, keys } = await sqliteStorage(join(folder, 'contacts.db'), { keyRing: false })
    const book = await openContactBook({
      store: { events: photographed(events, images), locks, keys },
      sources: [source],
    })
    await importAll({ book, source }, CONTACTS)
    const before = images.length
    const started = await book.refresh('microsoft365')
    if (!started.ok) throw new Error(started.refusal)
    const fetch = await source.fetches.next()
    const after = [...CHANGED, ...CONTACTS.slice(700)]
    if (by === 'changes') {
      await fetch.emit({ type: 'changes.fetched', upserted: CHANGED, removed: [], skipped: [], cursor: null })
      void fetch.emit({ type: 'listing.finished', cursor: null, verified: true })
    } else await list(fetch, after)
    await book.outcome(started.attempt)
    await book.close()

    const seen = { before: 0, after: 0 }
    for (const image of images.slice(before)) {
      const { shown, isCompleted } = await shownIn(image)
      const expected = versions(isCompleted ? after : CONTACTS)
      expect(shown).toEqual([expected, expected])
      seen[isCompleted ? 'after' : 'before']++
    }
    expect(seen.before).toBeGreaterThan(1)
    expect(seen.after).toBeGreaterThan(by === 'changes' ? 5 : 2)
  },
)
