/** Keeps the contacts of a mailbox in both ways: in a book, and in the clear. Nothing here is measured. */
import { displayName } from '../../../src/browser.ts'
import { keep } from './kept-json.ts'
import { importAll, openedBook, type GraphAccess } from './opened-book.ts'

/** What the page offers, as `globalThis.prepared`. Resolves to the number of contacts. */
export type Prepare = (graph: GraphAccess) => Promise<number>

const prepare: Prepare = async (graph) => {
  const book = await openedBook(graph)
  await importAll(book)
  const contacts = book.contacts.get()
  await keep(contacts.map((contact) => ({ ...contact, displayName: displayName(contact) })))
  await book.close()
  return contacts.length
}

Object.assign(globalThis, { prepare })
