import { describe, expect, onTestFinished, test } from 'vitest'
import { openContactBook, memoryStorage, type ContactBook, type Json } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { photoNamed, ScriptedPhotos } from '../../src/testing/scripted-photos.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { Device, importAll, refreshAll } from '../core/device.ts'
import { photoSandboxOfTest } from './photo-sandbox.ts'

/** A book with the contacts c1, c2, c3 and a source of photos that the test plays. */
const opened = async (device = new Device()) => {
  const photos = new ScriptedPhotos()
  const source = Object.assign(new ScriptedSource(), { photos })
  const { book } = await device.open({ source })
  onTestFinished(() => book.close())
  return { device, book, source, photos }
}
const imported = async () => {
  const all = await opened()
  await importAll(all)
  return all
}

const keyOf = (book: ContactBook, id: string) => {
  const found = book.contacts.get().find((contact) => contact.id === id)
  if (!found) throw new Error('not in the list')
  return found.key
}

describe('the photo of a contact', () => {
  test('is asked for by the id of its source', async () => {
    const { book, photos } = await imported()
    const asked = ['c1', 'c3'].map((id) => book.photo(keyOf(book, id)))
    const batch = await photos.batches.next()
    expect(batch.ids).toEqual(['c1', 'c3'])
    batch.answer({ c1: photoNamed('one'), c3: null })
    expect(await Promise.all(asked)).toEqual([photoNamed('one'), null])
  })

  test('is found after a start, from the saved list', async () => {
    const { device, book } = await imported()
    await book.close()
    const next = await opened(device)
    const asked = next.book.photo(keyOf(next.book, 'c2'))
    ;(await next.photos.batches.next()).answer()
    expect(await asked).toEqual(photoNamed('c2'))
  })

  test('is null for a key that is not in the lists, and for a source without photos', async () => {
    const { book, photos } = await imported()
    expect(await book.photo('nobody')).toBeNull()
    expect(await book.photo('')).toBeNull()
    expect(photos.asked).toBe(0)
    const plain = await new Device().open()
    await importAll(plain)
    expect(await plain.book.photo(keyOf(plain.book, 'c1'))).toBeNull()
    await plain.book.close()
  })

  test('is asked for again once the contact has changed', async () => {
    const { book, source, photos } = await imported()
    const first = book.photo(keyOf(book, 'c1'))
    ;(await photos.batches.next()).answer()
    await first
    await refreshAll({ book, source }, [sampleContact('c1', { version: 'c1-2' })])
    const second = book.photo(keyOf(book, 'c1'))
    ;(await photos.batches.next()).answer({ c1: photoNamed('new') })
    expect(await second).toEqual(photoNamed('new'))
  })
})

describe('photos are forgotten', () => {
  test('at a sign-out: those under way resolve to null, and the source is no longer asked', async () => {
    const { book, photos } = await imported()
    const key = keyOf(book, 'c1')
    const asked = book.photo(key)
    const batch = await photos.batches.next()
    await book.signOut('microsoft365')
    expect(await asked).toBeNull()
    expect(batch.signal.aborted).toBe(true)
    batch.answer()
    expect(await book.photo(key)).toBeNull()
    expect(photos.asked).toBe(1)
  })

  test('at close', async () => {
    const { book, photos } = await imported()
    const key = keyOf(book, 'c1')
    const asked = book.photo(key)
    const batch = await photos.batches.next()
    await book.close()
    expect([await asked, batch.signal.aborted]).toEqual([null, true])
    expect(await book.photo(key)).toBeNull()
  })
})

test('a photo is neither recorded nor seen by an inspector', async () => {
  const seen: unknown[] = []
  const photos = new ScriptedPhotos()
  const source = Object.assign(new ScriptedSource(), { photos })
  const storage = memoryStorage()
  const book = await openContactBook({
    store: storage,
    sources: [source],
    inspect: (event) => seen.push(event.type),
  })
  await importAll({ book, source }, sampleContacts(3))
  const before = { events: (await eventsOf(book)).length, seen: seen.length }
  const asked = book.photo(keyOf(book, 'c1'))
  ;(await photos.batches.next()).answer()
  await asked
  expect({ events: (await eventsOf(book)).length, seen: seen.length }).toEqual(before)
  await book.close()
})

const eventsOf = async (book: ContactBook): Promise<Json[]> => {
  const events: Json[] = []
  for await (const event of book.events()) events.push(event.id)
  return events
}

test('a book shows the photos of a mailbox over HTTP, twenty in a request', async () => {
  const { sandbox, contacts, photos, mailbox, pictured, plain } = await photoSandboxOfTest({
    concurrency: null,
  })
  const scripted = new ScriptedSource()
  const book = await openContactBook({
    store: memoryStorage(),
    sources: [{ source: 'microsoft365', signIn: scripted.signIn, contacts, photos }],
  })
  onTestFinished(() => book.close())
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await (await scripted.signIns.next()).grant()
  expect(await book.outcome(started.attempt)).toMatchObject({ state: 'imported' })
  sandbox.requests.clear()
  const screen = [...pictured.slice(0, 25), ...plain.slice(0, 15)]
  const shown = await Promise.all(screen.map((item) => book.photo(keyOf(book, item.immutableId))))
  for (const [index, item] of screen.entries()) {
    const bytes = mailbox.photos.of(item)
    expect(shown[index]?.bytes ?? null).toEqual(bytes === null ? null : new Uint8Array(bytes))
  }
  expect(sandbox.requests.entries.filter(({ batched }) => !batched)).toHaveLength(2)
  await Promise.all(screen.map((item) => book.photo(keyOf(book, item.immutableId))))
  expect(sandbox.requests.entries.filter(({ batched }) => !batched)).toHaveLength(2)
})
