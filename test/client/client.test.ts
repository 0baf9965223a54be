import { MessageChannel } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import {
  connectBook,
  contactsClient,
  ImportFailure,
  MOST_ROWS,
  serveBook,
  SignOutFailure,
} from '../../src/index.ts'
import type { ContactBook, ContactsClient, ListSummary, LocalContactsClient } from '../../src/index.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import type { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { Device, finished, importAll, page, refreshAll, signedIn } from '../core/device.ts'

const [ann, bob, eve] = [
  sampleContact('a', { name: { full: 'Ann Lee' }, phones: [{ value: '+1 206 555 0100', kind: 'mobile' }] }),
  sampleContact('b', { name: { full: 'Bob Ray' }, organization: { name: 'Oak & Co' } }),
  sampleContact('e', { name: { full: 'Eve Zed' }, emails: [{ address: 'eve@example.test' }] }),
]

interface Opened {
  readonly book: ContactBook
  readonly source: ScriptedSource
  readonly client: ContactsClient
}

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

const local = async (): Promise<Opened & { client: LocalContactsClient }> => {
  const opened = await new Device().open()
  const client = contactsClient(opened.book)
  closers.push(() => client.close())
  return { ...opened, client }
}

const remote = async (): Promise<Opened> => {
  const opened = await new Device().open()
  const { port1, port2 } = new MessageChannel()
  const served = serveBook(opened.book, port1)
  closers.push(
    () => served.close(),
    () => port1.close(),
  )
  return { ...opened, client: await connectBook(port2) }
}

const rowNames = async (client: ContactsClient, summary: ListSummary) => {
  const rows = await client.rows(summary.version, 0, summary.count)
  return rows === 'outdated' ? rows : rows.map(({ name }) => name)
}

describe.each([
  ['in the same thread', local],
  ['in another thread', remote],
])('a client %s', (_where, open) => {
  test('shows nothing at first', async () => {
    const { client } = await open()
    expect(client.list.get()).toMatchObject({ count: 0, sections: [], status: { microsoft365: 'none' } })
    expect(client.accounts.get()).toMatchObject([{ source: 'microsoft365', state: 'idle' }])
  })

  test('shows rows and sections of a version, and says when they are outdated', async () => {
    const { book, source, client } = await open()
    await importAll({ book, source }, [eve, ann, bob])
    await expect.poll(() => client.list.get()).toMatchObject({ count: 3, status: { microsoft365: 'ready' } })
    const first = client.list.get()
    expect(first.sections.map(({ label }) => label)).toEqual(['A', 'B', 'E'])
    const rows = await client.rows(first.version, 1, 3)
    expect(rows).toMatchObject([
      { name: 'Bob Ray', organization: 'Oak & Co', phone: null, email: null },
      { name: 'Eve Zed', organization: null, phone: null, email: 'eve@example.test' },
    ])
    await refreshAll({ book, source }, [ann, bob])
    await expect.poll(() => client.list.get().count).toBe(2)
    expect(await client.rows(first.version, 0, 3)).toBe('outdated')
    expect(await rowNames(client, client.list.get())).toEqual(['Ann Lee', 'Bob Ray'])
    expect(await client.changes('microsoft365')).toMatchObject({
      counts: { added: 0, updated: 0, removed: 1 },
      removed: [{ name: 'Eve Zed' }],
    })
  })

  test('says where contacts are in the version of the list that it has now', async () => {
    const { book, source, client } = await open()
    await importAll({ book, source }, [eve, ann, bob])
    await expect.poll(() => client.list.get().count).toBe(3)
    const [hit] = await client.find('eve', 1)
    const key = hit?.key ?? ''
    expect(await client.locate([key, 'unknown'])).toMatchObject({
      version: client.list.get().version,
      places: [{ index: 2, row: { key, name: 'Eve Zed', email: 'eve@example.test' } }, null],
    })
    await refreshAll({ book, source }, [eve, bob])
    await expect.poll(() => client.list.get().count).toBe(2)
    expect(await client.locate([key])).toMatchObject({
      version: client.list.get().version,
      places: [{ index: 1 }],
    })
    expect(await client.locate([])).toMatchObject({ places: [] })
  })

  test('shows what a first import has brought so far', async () => {
    const { book, source, client } = await open()
    const { attempt, fetch } = await signedIn({ book, source })
    await fetch.emit(page([eve, ann]))
    await expect
      .poll(() => client.list.get())
      .toMatchObject({ count: 2, status: { microsoft365: 'incoming' } })
    expect(await rowNames(client, client.list.get())).toEqual(['Ann Lee', 'Eve Zed'])
    expect(await client.find('eve', 5)).toMatchObject([{ source: 'microsoft365' }])
    expect(book.contacts.get()).toEqual([])
    await fetch.emit(page([bob]))
    await expect.poll(() => client.list.get().count).toBe(3)
    await book.cancel('microsoft365')
    await expect.poll(() => client.list.get()).toMatchObject({ count: 0, status: { microsoft365: 'none' } })
    expect(await client.find('eve', 5)).toEqual([])
    expect(await book.outcome(attempt)).toMatchObject({ state: 'cancelled' })
  })

  test('tells the import that the person wants to try again now', async () => {
    const { book, source, client } = await open()
    expect(await client.retryNow('microsoft365')).toBe(false)
    const { fetch } = await signedIn({ book, source })
    const asked = new Promise((resolve) => fetch.context.retryNow?.addEventListener('online', resolve))
    expect(await client.retryNow('microsoft365')).toBe(true)
    await asked
  })

  test('reads the changes once for all who ask at the same time, and again after the next attempt', async () => {
    const { book, source, client } = await open()
    await importAll({ book, source }, [ann, bob])
    const past = book.past.bind(book)
    let reads = 0
    let goOn: () => void = () => undefined
    book.past = async (source) => {
      reads++
      await new Promise<void>((resolve) => (goOn = resolve))
      return past(source)
    }
    const both = Promise.all([client.changes('microsoft365'), client.changes('microsoft365')])
    // Answered after the calls before it.
    await client.skipped('microsoft365')
    expect(reads).toBe(1)
    const endFirst = goOn
    await refreshAll({ book, source }, [ann])
    const later = client.changes('microsoft365')
    await expect.poll(() => reads).toBe(2)
    goOn()
    expect(await later).toMatchObject({ counts: { added: 0, removed: 1 } })
    endFirst()
    for (const changes of await both) expect(changes?.counts).toBeDefined()
    const again = client.changes('microsoft365')
    await expect.poll(() => reads).toBe(3)
    goOn()
    expect(await again).toEqual(await later)
  })

  test('never shows contacts without the list that they are in', async () => {
    const { book, source, client } = await open()
    const shown: ListSummary[] = []
    client.list.subscribe((list) => shown.push(list))
    await importAll({ book, source }, [eve, ann, bob])
    await expect.poll(() => shown.at(-1)?.status).toEqual({ microsoft365: 'ready' })
    for (const { count, status } of shown.filter(({ count }) => count > 0)) {
      expect(count).toBe(3)
      expect(['incoming', 'ready']).toContain(status.microsoft365)
    }
  })

  test('counts the contacts that could not be imported, and gives them by the call', async () => {
    const { book, source, client } = await open()
    const { attempt, fetch } = await signedIn({ book, source })
    const skipped = ['x', 'y', 'z'].map((id) => ({ id, reason: 'malformed-field' }) as const)
    await fetch.emit({ type: 'contacts.counted', count: 4 })
    await fetch.emit({ type: 'page.fetched', contacts: [ann], skipped, cursor: null })
    void fetch.emit(finished)
    await book.outcome(attempt)
    await expect.poll(() => client.accounts.get()).toMatchObject([{ state: 'imported', skipped: 3 }])
    expect(await client.skipped('microsoft365', 1, 5)).toMatchObject([{ id: 'y' }, { id: 'z' }])
  })

  test('finds, identifies and shows contacts, also after a change', async () => {
    const { book, source, client } = await open()
    await importAll({ book, source }, [ann, bob, eve])
    const [hit, ...others] = await client.find('le ann', 5)
    expect(others).toEqual([])
    expect(hit?.matches).toMatchObject([{ field: 'name', text: 'Ann Lee' }])
    const [caller] = await client.whois('+12065550100')
    expect(caller).toMatchObject({ key: hit?.key, certainty: 'certain' })
    expect(await client.dial('+1 (206) 555-0100')).toEqual({
      text: '+12065550100',
      uri: 'tel:+12065550100',
      extension: null,
    })
    const key = hit?.key ?? ''
    expect(await client.contact(key)).toMatchObject({ key, name: { full: 'Ann Lee' } })
    await refreshAll({ book, source }, [{ ...ann, version: '2', name: { full: 'Anna Lim' } }, bob])
    expect(await client.find('lee', 5)).toEqual([])
    expect(await client.find('lim', 5)).toMatchObject([{ key }])
    expect(await client.find('eve', 5)).toEqual([])
    expect(await client.contact('unknown')).toBeNull()
  })

  test('runs commands, and fails with the code of the book', async () => {
    const { book, source, client } = await open()
    expect(await client.run('refresh', 'microsoft365')).toEqual({ ok: false, refusal: 'nothing-to-refresh' })
    expect(await client.run('signIn', 'microsoft365')).toMatchObject({ ok: true })
    await (await source.signIns.next()).grant()
    await (await source.fetches.next()).emit(page([ann]))
    expect(await client.run('cancel', 'microsoft365')).toMatchObject({ ok: true })
    source.signIn.signOut = () => Promise.reject(new ImportFailure('storage-locked', { serviceCode: 'x1' }))
    const error: unknown = await client.run('signOut', 'microsoft365').catch((error: unknown) => error)
    expect(error).toBeInstanceOf(SignOutFailure)
    expect(error).toMatchObject({ code: 'storage-locked', left: ['keys'] })
    await expect.poll(() => client.accounts.get()[0]?.state).toBe('idle')
    expect(book.contacts.get()).toEqual([])
  })

  test('never gives more rows than hold no thread', async () => {
    const { book, source, client } = await open()
    await importAll({ book, source }, sampleContacts(MOST_ROWS + 100))
    await expect
      .poll(() => client.list.get())
      .toMatchObject({ count: MOST_ROWS + 100, status: { microsoft365: 'ready' } })
    const { version } = client.list.get()
    expect(await client.rows(version, 50, 10_000)).toHaveLength(MOST_ROWS)
    expect(await client.rows(version, MOST_ROWS, 10_000)).toHaveLength(100)
    expect(await client.rows(version, 10_000, 5)).toEqual([])
  })

  test('shows a held removal', async () => {
    const { book, source, client } = await open()
    await importAll({ book, source }, sampleContacts(100).toReversed())
    const started = await book.refresh('microsoft365')
    const fetch = await source.fetches.next()
    await fetch.emit({ type: 'contacts.counted', count: 1 })
    await fetch.emit(page(sampleContacts(10)))
    void fetch.emit(finished)
    await book.outcome(started.ok ? started.attempt : '')
    const held = await client.held('microsoft365')
    expect(held.map(({ name }) => name)).toEqual(
      sampleContacts(100)
        .slice(10)
        .map(({ name }) => name.full),
    )
    expect(await client.held('microsoft365', 80, 200)).toHaveLength(10)
    expect(await client.skipped('microsoft365')).toEqual([])
    expect(client.list.get().count).toBe(100)
  })
})

test('a client that is closed shows an empty list', async () => {
  const { book, source, client } = await local()
  await importAll({ book, source }, [ann, bob])
  const { version } = client.list.get()
  const [{ key } = { key: '' }] = await client.find('ann', 5)
  expect(await client.contact(key)).toMatchObject({ key })
  client.close()
  expect(await client.rows(version, 0, 5)).toBe('outdated')
  expect(await client.contact(key)).toBeNull()
  expect(await client.find('ann', 5)).toEqual([])
  expect(await client.whois('+12065550100')).toEqual([])
})

test('an account that has not changed stays the same object', async () => {
  const { book, client } = await local()
  const shown: unknown[] = []
  client.accounts.subscribe((accounts) => shown.push(accounts))
  expect(client.accounts.get()).toBe(shown[0])
  expect(client.accounts.get()[0]).toBe(client.accounts.get()[0])
  await book.signIn('microsoft365')
  expect(client.accounts.get()).toBe(shown.at(-1))
  expect(client.accounts.get()).not.toBe(shown[0])
})
