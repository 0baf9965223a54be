import type { ContactBook, LinkedAccountView, SourceContact, SourceReport } from '../../src/index.ts'
import { sampleContacts } from '../../src/testing/sample-contacts.ts'
import type { ScriptedFetch, ScriptedSource } from '../../src/testing/scripted-source.ts'

export const page = (contacts: readonly SourceContact[], cursor: string | null = null): SourceReport => ({
  type: 'page.fetched',
  contacts,
  skipped: [],
  cursor,
})

export const finished: SourceReport = { type: 'listing.finished', cursor: null, verified: true }

/** Lists contacts as one page, to the end. */
export const list = async (
  fetch: ScriptedFetch,
  contacts: readonly SourceContact[] = sampleContacts(3),
): Promise<void> => {
  await fetch.emit({ type: 'contacts.counted', count: contacts.length })
  await fetch.emit(page(contacts))
  void fetch.emit(finished)
}

/** From idle to a fetch that has begun. */
export const signedIn = async ({ book, source }: { book: ContactBook; source: ScriptedSource }) => {
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await (await source.signIns.next()).grant()
  return { attempt: started.attempt, fetch: await source.fetches.next() }
}

/** From idle to a list on the device. */
export const importAll = async (
  opened: { book: ContactBook; source: ScriptedSource },
  contacts: readonly SourceContact[] = sampleContacts(3),
) => {
  const { attempt, fetch } = await signedIn(opened)
  await list(fetch, contacts)
  return opened.book.outcome(attempt)
}

/** Refreshes to the end. */
export const refreshAll = async (
  { book, source }: { book: ContactBook; source: ScriptedSource },
  contacts: readonly SourceContact[],
) => {
  const started = await book.refresh('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await list(await source.fetches.next(), contacts)
  return book.outcome(started.attempt)
}

export const account = (book: ContactBook): LinkedAccountView => {
  const found = book.accounts.get().find(({ source }) => source === 'microsoft365')
  if (!found) throw new Error('not shown')
  return found
}

export const names = (book: ContactBook) => book.contacts.get().map(({ name }) => name.full)

export const eventTypes = async (book: ContactBook) => {
  const types: string[] = []
  for await (const { type } of book.events()) types.push(type)
  return types
}
