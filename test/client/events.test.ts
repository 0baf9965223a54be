import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import { connectBook, contactsClient, MOST_EVENTS, serveBook } from '../../src/index.ts'
import type { ContactBook, ContactsClient } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { Device, importAll, page, refreshAll, signedIn } from '../core/device.ts'

const ann = sampleContact('secret-id', { name: { full: 'Secret Name' } })

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const local = async (book: ContactBook): Promise<ContactsClient> => {
  const client = contactsClient(book)
  closers.push(() => client.close())
  return client
}

const remote = (book: ContactBook): Promise<ContactsClient> => {
  const { port1, port2 } = new MessageChannel()
  const served = serveBook(book, port1)
  closers.push(
    () => served.close(),
    () => port1.close(),
  )
  return connectBook(port2)
}

const typesOf = async (client: ContactsClient, after: number, upTo?: number) =>
  (await client.events(after, upTo)).map(({ type }) => type)

describe.each([
  ['in the same thread', local],
  ['in another thread', remote],
])('a client %s', (_where, connect) => {
  test('reads the envelopes after a position, up to another one', async () => {
    const opened = await new Device().open()
    const client = await connect(opened.book)
    expect(client.position.get()).toBe(0)
    expect(await client.events(0)).toEqual([])
    await importAll(opened, [ann])
    await expect.poll(() => client.position.get()).toBe(5)
    const all = await client.events(0)
    expect(all.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5])
    expect(all[0]).toMatchObject({
      stream: 'microsoft365',
      type: 'attempt.requested',
      data: { by: 'signIn', number: 1 },
    })
    expect(await typesOf(client, 1, 3)).toEqual(['consent.granted', 'contacts.counted'])
    expect(await typesOf(client, 4)).toEqual(['attempt.completed'])
    expect(await client.events(5)).toEqual([])
    expect(await client.events(3, 2)).toEqual([])
  })

  test('hears of each append, also of another process', async () => {
    const device = new Device()
    const [here, there] = [await device.open(), await device.open()]
    const client = await connect(here.book)
    const positions: number[] = []
    client.position.subscribe((position) => positions.push(position))
    const { fetch } = await signedIn(there)
    await fetch.emit(page([ann]))
    await expect.poll(() => client.position.get()).toBe(there.book.position.get())
    expect(positions).toEqual(positions.toSorted((a, b) => a - b))
    expect(new Set(positions).size).toBe(positions.length)
    expect(await typesOf(client, 0)).toEqual(['attempt.requested', 'consent.granted', 'page.fetched'])
  })

  test('reads nothing about a person', async () => {
    const opened = await new Device().open()
    const client = await connect(opened.book)
    await importAll(opened, [ann])
    const envelopes = await client.events(0)
    for (const envelope of envelopes) expect(envelope).not.toHaveProperty('payload')
    const text = JSON.stringify(envelopes)
    for (const word of ['secret-id', 'Secret Name', 'person@example.test', 'tenant.person'])
      expect(text).not.toContain(word)
  })

  test('reads on after a sign-out, which leaves a gap in the positions', async () => {
    const opened = await new Device().open()
    const client = await connect(opened.book)
    await importAll(opened, [ann])
    await opened.book.signOut('microsoft365')
    await expect.poll(() => client.position.get()).toBe(6)
    await expect.poll(() => client.events(0)).toMatchObject([{ position: 6, type: 'account.signed-out' }])
  })
})

test('no call returns more envelopes than hold no thread, and the next one goes on', async () => {
  const opened = await new Device().open()
  const client = await local(opened.book)
  await importAll(opened, [ann])
  while (opened.book.position.get() <= MOST_EVENTS) await refreshAll(opened, [ann])
  const first = await client.events(0)
  expect(first).toHaveLength(MOST_EVENTS)
  const rest = await client.events(first.at(-1)?.position ?? 0)
  expect(rest.at(-1)?.position).toBe(opened.book.position.get())
  expect(rest[0]?.position).toBe(MOST_EVENTS + 1)
})
