import { BehaviorSubject } from 'rxjs'
import { expect, test } from 'vitest'
import { memoryVault } from '../../src/adapters/keys/memory-vault.ts'
import { nodeKey } from '../../src/adapters/keys/node-key.ts'
import { memoryLocks } from '../../src/adapters/locks/memory/memory-locks.ts'
import { memoryStore } from '../../src/adapters/stores/memory/memory-store.ts'
import { yieldToEventLoop } from '../../src/async/yield-to-event-loop.ts'
import { VersionedList } from '../../src/client/local/versioned-list.ts'
import { contactsClient, openContactBook } from '../../src/index.ts'
import type { Contact, IncomingBySource } from '../../src/index.ts'
import { inDisplayOrder } from '../../src/projections/sort-contacts.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import { finished, page } from '../core/device.ts'

test('the first import of a source is shown among the contacts of another, in order', async () => {
  const [microsoft, google] = [new ScriptedSource(), new ScriptedSource('google')]
  const book = await openContactBook({
    store: { events: memoryStore(), locks: memoryLocks(), keys: memoryVault(nodeKey) },
    sources: [microsoft, google],
  })
  const client = contactsClient(book)
  const begin = async (source: ScriptedSource, ...ids: string[]) => {
    const started = await book.signIn(source.source)
    await (await source.signIns.next()).grant()
    const fetch = await source.fetches.next()
    await fetch.emit(page(ids.map((id) => sampleContact(id, { source: source.source }))))
    return { fetch, attempt: started.ok ? started.attempt : '' }
  }
  const shown = async () => {
    const { version, count, status } = client.list.get()
    const rows = await client.rows(version, 0, count)
    return { status, names: rows === 'outdated' ? rows : rows.map(({ name }) => name) }
  }

  const first = await begin(google, 'd', 'b')
  void first.fetch.emit(finished)
  await book.outcome(first.attempt)
  const second = await begin(microsoft, 'c', 'a')
  await expect.poll(shown).toEqual({
    status: { microsoft365: 'incoming', google: 'ready' },
    names: ['Contact a', 'Contact b', 'Contact c', 'Contact d'],
  })
  await second.fetch.emit(page([sampleContact('e')]))
  await expect.poll(async () => (await shown()).names).toHaveLength(5)
  await book.cancel('microsoft365')
  await expect.poll(shown).toEqual({
    status: { microsoft365: 'none', google: 'ready' },
    names: ['Contact b', 'Contact d'],
  })
  client.close()
  await book.close()
})

test('a first import beside another list is shown while its pages come faster than they are merged', async () => {
  const mine = sampleContacts(2_000, 'm')
  const theirs = sampleContacts(3_000, 't')
  const contacts = new BehaviorSubject<readonly Contact[]>(mine)
  const incoming = new BehaviorSubject<IncomingBySource>({})
  const viewOf = <T>(subject: BehaviorSubject<T>) =>
    Object.assign(subject.asObservable(), { get: () => subject.value })
  const book = {
    accounts: viewOf(new BehaviorSubject([])),
    contacts: viewOf(contacts),
    identities: viewOf(new BehaviorSubject([])),
    incoming: viewOf(incoming),
    order: { locale: 'en', nameOrder: 'given-first' } as const,
  }
  const diagnosed: unknown[] = []
  const list = new VersionedList(book, {}, (error) => diagnosed.push(error))
  const counts: number[] = []
  list.summary.subscribe(({ count }) => counts.push(count))
  // A page in each turn of the event loop: each merge takes several.
  let come = 0
  while (come < theirs.length) {
    come += 10
    incoming.next({ google: { attempt: 'a', contacts: theirs.slice(0, come), isComplete: false } })
    await yieldToEventLoop()
  }
  expect(counts.filter((count) => count > mine.length && count < 5_000).length).toBeGreaterThan(1)
  await expect.poll(() => counts.at(-1)).toBe(5_000)
  expect(list.contacts).toEqual(inDisplayOrder([...mine, ...theirs], 'en', 'given-first'))
  // A later page replaces a contact of an earlier one.
  const [first, ...others] = theirs
  const renamed = { ...first, name: { full: 'Zoe' } } as Contact
  incoming.next({ google: { attempt: 'a', contacts: [...others, renamed], isComplete: false } })
  await expect.poll(() => list.contacts.at(-1)).toBe(renamed)
  expect(list.contacts).toHaveLength(5_000)
  incoming.next({ google: { attempt: 'b', contacts: others.slice(0, 5), isComplete: false } })
  await expect.poll(() => counts.at(-1)).toBe(2_005)
  list.close()
  expect(diagnosed).toEqual([])
})
