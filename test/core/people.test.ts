import { expect, test } from 'vitest'
import { contactsClient, openContactBook } from '../../src/index.ts'
import type { Contact, ContactBook, Source } from '../../src/index.ts'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { nodeKey } from '../../src/adapters/keys/node-key.ts'
import { memoryLocks, MemoryLockTable } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryLog } from '../../src/adapters/stores/memory/memory-log.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { list } from './device.ts'

/** A device with two sources, to be opened several times. */
const device = () => {
  const log = memoryLog()
  const keys = memoryVault(nodeKey)
  const locks = new MemoryLockTable()
  const diagnosed: unknown[] = []
  const open = async () => {
    const scripted = { microsoft365: new ScriptedSource(), google: new ScriptedSource('google') }
    const book = await openContactBook({
      store: { events: memoryStore(log), locks: memoryLocks(locks), keys },
      sources: Object.values(scripted),
      diagnose: (error) => diagnosed.push(error),
    })
    const bring = async (command: 'signIn' | 'refresh', source: Two, contacts: readonly Contact[]) => {
      const started = await book[command](source)
      if (!started.ok) throw new Error(started.refusal)
      if (command === 'signIn') await (await scripted[source].signIns.next()).grant()
      await list(await scripted[source].fetches.next(), contacts)
      await book.outcome(started.attempt)
    }
    return { book, bring }
  }
  return { open, log, diagnosed }
}

type Two = Extract<Source, 'microsoft365' | 'google'>

const one = (more: Partial<Contact> = {}) =>
  sampleContact('m', { name: { full: 'Ann Lee' }, emails: [{ address: 'ann@x.test' }], ...more })
const other = (more: Partial<Contact> = {}) => one({ id: 'g', source: 'google', ...more })
const stranger = sampleContact('s', { source: 'google', name: { full: 'Bob Ray' } })

const keyOf = (book: ContactBook, id: string) => {
  const contact = book.contacts.get().find((each) => each.id === id)
  if (!contact) throw new Error(`${id} is not in the list`)
  return contact.key
}

const shown = async (book: ContactBook) => {
  const client = contactsClient(book)
  const everyone = await client.everyone()
  client.close()
  return everyone.map(({ contacts }) => contacts.map(({ id }) => id).join('+')).toSorted()
}

const imported = async () => {
  const { open, ...rest } = device()
  const { book, bring } = await open()
  await bring('signIn', 'microsoft365', [one()])
  await bring('signIn', 'google', [other(), stranger])
  return { book, bring, open, ...rest }
}

test('a person in two sources is shown once, and the sources keep their contacts', async () => {
  const { book } = await imported()
  expect(await shown(book)).toEqual(['m+g', 's'])
  expect(
    book.contacts
      .get()
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['g', 'm', 's'])
})

test('a person is found under the name of each contact', async () => {
  const { book } = await imported()
  await book.identify(keyOf(book, 'm'), keyOf(book, 's'), true)
  const client = contactsClient(book)
  for (const name of ['ann', 'lee', 'bob ray']) {
    const hits = await client.find(name, 10)
    expect(hits.map(({ key }) => key)).toContain(keyOf(book, 'm'))
  }
  client.close()
})

test('what the person said counts at once, in every window, and after the next start', async () => {
  const { book, open, diagnosed } = await imported()
  const elsewhere = await open()
  const client = contactsClient(elsewhere.book)
  expect(await book.identify(keyOf(book, 'm'), keyOf(book, 'g'), false)).toEqual({ ok: true, attempt: null })
  expect(await shown(book)).toEqual(['g', 'm', 's'])
  await expect.poll(() => client.list.get().count).toBe(3)
  expect(await elsewhere.book.identify(keyOf(book, 's'), keyOf(book, 'm'), true)).toMatchObject({ ok: true })
  client.close()
  for (const opened of [book, elsewhere.book]) await opened.close()
  const again = await open()
  expect(await shown(again.book)).toEqual(['g', 'm+s'])
  expect(diagnosed).toEqual([])
})

test('the same decision again is not recorded, and the opposite one replaces it', async () => {
  const { book } = await imported()
  const say = (isSame: boolean) => book.identify(keyOf(book, 'g'), keyOf(book, 'm'), isSame)
  await say(false)
  const position = book.position.get()
  expect(await say(false)).toEqual({ ok: true, attempt: null })
  expect(book.position.get()).toBe(position)
  await say(true)
  expect(book.identities.get()).toMatchObject([{ isSame: true }])
  expect(await shown(book)).toEqual(['m+g', 's'])
})

test('a decision that is taken back counts no longer, and the rules count again', async () => {
  const { book, open } = await imported()
  const pair = [keyOf(book, 'm'), keyOf(book, 'g')] as const
  await book.identify(...pair, false)
  expect(await book.identify(...pair, null)).toMatchObject({ ok: true })
  expect(book.identities.get()).toEqual([])
  expect(await shown(book)).toEqual(['m+g', 's'])
  await book.close()
  expect((await open()).book.identities.get()).toEqual([])
})

test('a decision outlives refreshes, new names and a contact that was away', async () => {
  const { book, bring } = await imported()
  await book.identify(keyOf(book, 'm'), keyOf(book, 's'), true)
  await bring('refresh', 'microsoft365', [one({ version: '2', name: { full: 'Ann Lee-Ray' }, emails: [] })])
  expect(await shown(book)).toEqual(['g', 'm+s'])
  await bring('refresh', 'google', [other()])
  expect(await shown(book)).toEqual(['g', 'm'])
  await bring('refresh', 'google', [other(), { ...stranger, version: '3' }])
  expect(await shown(book)).toEqual(['g', 'm+s'])
})

test('a decision ends with the sign-out of one of its accounts, and nothing of it is left there', async () => {
  const { book, bring, log } = await imported()
  await book.identify(keyOf(book, 'm'), keyOf(book, 'g'), false)
  await book.signOut('google')
  expect(book.identities.get()).toEqual([])
  expect(await shown(book)).toEqual(['m'])
  const halves = log.records.filter(({ type }) => type === 'identity.decided')
  expect(halves.map(({ stream }) => stream)).toEqual(['microsoft365'])
  await bring('signIn', 'google', [other()])
  expect(await shown(book)).toEqual(['m+g'])
})

test('no key of a contact is in an envelope', async () => {
  const { book } = await imported()
  const keys = [keyOf(book, 'm'), keyOf(book, 'g')] as const
  await book.identify(...keys, false)
  const envelopes: unknown[] = []
  for await (const envelope of book.events()) envelopes.push(envelope)
  expect(envelopes.at(-1)).toMatchObject({ type: 'identity.decided', data: { isSame: false } })
  for (const key of keys) expect(JSON.stringify(envelopes)).not.toContain(key)
})

test('contacts that are gone, or of one source, are refused, and nothing is recorded', async () => {
  const { book } = await imported()
  const position = book.position.get()
  expect(await book.identify(keyOf(book, 'm'), 'nothing', true)).toEqual({
    ok: false,
    refusal: 'contact-gone',
  })
  expect(await book.identify(keyOf(book, 's'), keyOf(book, 'g'), true)).toEqual({
    ok: false,
    refusal: 'one-source',
  })
  expect(book.position.get()).toBe(position)
})

test('decisions take nothing from a list that is written again as a whole', async () => {
  const { book, bring, open } = await imported()
  await book.identify(keyOf(book, 'm'), keyOf(book, 'g'), false)
  for (const version of ['2', '3', '4']) await bring('refresh', 'microsoft365', [one({ version })])
  await book.close()
  const again = await open()
  expect(await shown(again.book)).toEqual(['g', 'm', 's'])
})

test('contacts of a source that is signed out are gone at once, although the others are compared', async () => {
  const { book } = await imported()
  const client = contactsClient(book)
  await client.everyone()
  const counts: number[] = []
  client.list.subscribe(({ count }) => counts.push(count))
  await book.signOut('google')
  expect(client.list.get().count).toBe(1)
  expect(counts).toEqual([2, 1])
  client.close()
})

test('a person has the decisions about the contacts, the newest first, until they are taken back', async () => {
  const { book } = await imported()
  const client = contactsClient(book)
  const decisions = async (id: string) =>
    (await client.person(keyOf(book, id)))?.decisions.map(({ contacts: [own, another], isSame }) =>
      isSame ? [own.id, another.id].toSorted().join(' = ') : [own.id, another.id].join(' ≠ '),
    )
  expect(await decisions('m')).toEqual([])
  await book.identify(keyOf(book, 'm'), keyOf(book, 'g'), false)
  await book.identify(keyOf(book, 's'), keyOf(book, 'm'), true)
  await expect.poll(async () => (await client.person(keyOf(book, 's')))?.contacts.length).toBe(2)
  expect(await decisions('m')).toEqual(['m = s', 'm ≠ g'])
  expect(await decisions('s')).toEqual(await decisions('m'))
  expect(await decisions('g')).toEqual(['g ≠ m'])
  await book.identify(keyOf(book, 'm'), keyOf(book, 'g'), null)
  expect(await decisions('g')).toEqual([])
  client.close()
})

test('a decision about a contact that has left the list is not that of a person', async () => {
  const { book, bring } = await imported()
  await book.identify(keyOf(book, 'm'), keyOf(book, 's'), false)
  await bring('refresh', 'google', [other({ version: '2' })])
  const client = contactsClient(book)
  expect((await client.person(keyOf(book, 'm')))?.decisions).toEqual([])
  client.close()
})

test('a person has the source of each number that only one has, however the numbers are written', async () => {
  const { open } = device()
  const { book, bring } = await open()
  const phones = (...values: readonly string[]) => ({
    phones: values.map((value) => ({ value, kind: 'work' as const })),
  })
  await bring('signIn', 'microsoft365', [one(phones('+1 425 555 0100', '+1 425 555 0101'))])
  await bring('signIn', 'google', [other(phones('(425) 555-0100', '+44 20 7946 0018')), stranger])
  const client = contactsClient(book, { phone: { country: 'US' } })
  const person = await client.person(keyOf(book, 'g'))
  expect(person?.contact.phones.map(({ value }) => value)).toEqual([
    '+1 425 555 0100',
    '+1 425 555 0101',
    '+44 20 7946 0018',
  ])
  expect(person?.numberSources).toEqual([null, 'microsoft365', 'google'])
  client.close()
})
