import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { test } from '../temp-folder.ts'
import { openContactBook, sqliteStorage } from '../../src/node.ts'
import type { ContactBook } from '../../src/node.ts'
import type { Contact, SourceReport } from '../../src/index.ts'
import { ScriptedSource } from '../../src/testing/scripted-source.ts'
import type { ScriptedFetch } from '../../src/testing/scripted-source.ts'
import { account, eventTypes, importAll } from '../core/device.ts'
import { largeContact } from './large-contact.ts'

const CONTACTS = 2_000
/** A few more than 50 refreshes: then the changes exceed half of the list. */
const REFRESHES = 55
const CHANGED = CONTACTS / 100

let folder: string
test.beforeEach(async ({ folder: own }) => {
  folder = own
})

/** A mailbox that changes again and again: half of the changes are edits, a quarter additions, a quarter removals. */
class ChangingMailbox {
  contacts = new Map(Array.from({ length: CONTACTS }, (_, index) => entry(`c${index}`, 0)))
  #next = CONTACTS
  #round = 0

  change(): { upserted: Contact[]; removed: { id: string }[] } {
    const ids = [...this.contacts.keys()]
    const touched = Array.from({ length: (CHANGED * 3) / 4 }, (_, index) => ids[(index * 131) % ids.length]!)
    const removed = touched.slice(0, CHANGED / 4).map((id) => ({ id }))
    this.#round++
    const edited = touched.slice(CHANGED / 4).map((id) => entry(id, this.#round))
    const added = Array.from({ length: CHANGED / 4 }, () => entry(`c${this.#next++}`, this.#round))
    for (const { id } of removed) this.contacts.delete(id)
    for (const [id, contact] of [...edited, ...added]) this.contacts.set(id, contact)
    return { upserted: [...edited, ...added].map(([, contact]) => contact), removed }
  }
}

const entry = (id: string, round: number) => [id, largeContact(id, round)] as const

/** Without the keys, which the book makes. */
const byId = (contacts: readonly Contact[]) =>
  Object.fromEntries(contacts.map(({ key, ...contact }) => [contact.id, contact]))

const cursor = { folders: [{ id: 'f'.repeat(120), delta: 'd'.repeat(180) }] }
const finished: SourceReport = { type: 'listing.finished', cursor, verified: true }

const open = async () => {
  const source = new ScriptedSource()
  const store = join(folder, 'contacts.db')
  const book = await openContactBook({
    store: await sqliteStorage(store, { keyRing: false }),
    sources: [source],
  })
  const size = async () => (await stat(store)).size
  return { book, source, size }
}

const refresh = async (
  { book, source }: { book: ContactBook; source: ScriptedSource },
  listing: (fetch: ScriptedFetch) => Promise<void>,
) => {
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  const fetch = await source.fetches.next()
  await listing(fetch)
  await fetch.emit(finished)
  return book.outcome(started.attempt)
}

const byChanges = (mailbox: ChangingMailbox) => async (fetch: ScriptedFetch) =>
  fetch.emit({ type: 'changes.fetched', ...mailbox.change(), skipped: [], cursor: null })

const byListing = (mailbox: ChangingMailbox) => async (fetch: ScriptedFetch) => {
  mailbox.change()
  const contacts = [...mailbox.contacts.values()]
  await fetch.emit({ type: 'contacts.counted', count: contacts.length })
  for (let from = 0; from < contacts.length; from += 1_000) {
    const page = contacts.slice(from, from + 1_000)
    await fetch.emit({ type: 'page.fetched', contacts: page, skipped: [], cursor: null })
  }
}

const isTold = async (book: ContactBook, mailbox: ChangingMailbox) => {
  const past = [...(await book.past('microsoft365'))]
  expect(past).toHaveLength(REFRESHES + 1)
  for (const { added, updated, gone } of past.slice(0, -1)) {
    expect([added.length, updated.length, gone.length]).toEqual([CHANGED / 4, CHANGED / 2, CHANGED / 4])
  }
  expect(past.at(-1)?.contacts).toHaveLength(CONTACTS)
  expect(byId(past[0]?.contacts ?? [])).toEqual(byId([...mailbox.contacts.values()]))
}

test.each([
  ['changes', byChanges, 2.5],
  ['complete listings', byListing, 2.5],
] as const)(
  `after ${REFRESHES} refreshes by %s the store is small, and tells of all of them`,
  async (_, by, times) => {
    const mailbox = new ChangingMailbox()
    const first = await open()
    await importAll(first, [...mailbox.contacts.values()])
    await first.book.close()
    const fresh = await first.size()

    const opened = await open()
    for (let round = 0; round < REFRESHES; round++) await refresh(opened, by(mailbox))
    await opened.book.close()
    expect((await opened.size()) / fresh).toBeLessThanOrEqual(times)

    const { book } = await open()
    expect(account(book)).toMatchObject({ state: 'imported', list: { count: CONTACTS } })
    await isTold(book, mailbox)
    expect(await eventTypes(book)).toContain('attempt.completed')
    await book.close()
  },
)
