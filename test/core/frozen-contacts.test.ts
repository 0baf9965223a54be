import { expect, test } from 'vitest'
import type { Contact } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { Device, finished, importAll, refreshAll } from './device.ts'

type Writable<T> = { -readonly [K in keyof T]: T[K] extends object ? Writable<T[K]> : T[K] }

const contacts = [
  sampleContact('a', {
    name: { full: 'Ada' },
    phones: [{ value: '+1 555 0100', kind: 'work' }],
    categories: ['Friends'],
  }),
  ...sampleContacts(599),
]

/** Ways in which a shell might change a contact that it was given. */
const writes: Readonly<Record<string, (contact: Writable<Contact>) => unknown>> = {
  'a field': (contact) => (contact.note = 'changed'),
  'the name': (contact) => (contact.name.full = 'Changed'),
  'a number': (contact) => (contact.phones[0]!.value = 'changed'),
  'an array': (contact) => contact.categories.push('changed'),
}

const opened = {
  'as it was imported': async (device: Device) => {
    const first = await device.open()
    await importAll(first, contacts)
    return first.book
  },
  'as it was refreshed': async (device: Device) => {
    const first = await device.open()
    await importAll(first)
    await refreshAll(first, contacts)
    return first.book
  },
  'as a change made it': async (device: Device) => {
    const first = await device.open()
    await importAll(first, contacts.slice(1))
    const started = await first.book.refresh('microsoft365')
    const fetch = await first.source.fetches.next()
    const upserted = contacts.slice(0, 1)
    await fetch.emit({ type: 'changes.fetched', upserted, removed: [], skipped: [], cursor: null })
    void fetch.emit(finished)
    await first.book.outcome(started.ok ? started.attempt : '')
    return first.book
  },
  'from the saved view': async (device: Device) => {
    const first = await device.open()
    await importAll(first, contacts)
    await first.book.close()
    return (await device.open()).book
  },
  'as it was replayed': async (device: Device) => {
    const first = await device.open()
    await importAll(first, contacts)
    await first.book.close()
    device.log.views.clear()
    return (await device.open()).book
  },
}

test.each(Object.entries(opened))('no shell changes the list %s', async (_, open) => {
  const book = await open(new Device())
  const before = JSON.stringify(book.contacts.get())
  for (const shown of [book.firstContacts(1)[0], book.contacts.get()[0]]) {
    expect(shown?.id).toBe('a')
    for (const write of Object.values(writes)) {
      expect(() => write(shown as unknown as Writable<Contact>)).toThrow(TypeError)
    }
  }
  expect(() => (book.contacts.get() as Contact[]).reverse()).toThrow(TypeError)
  expect(() => (book.contacts.get() as Contact[]).pop()).toThrow(TypeError)
  expect(JSON.stringify(book.contacts.get())).toBe(before)
})
