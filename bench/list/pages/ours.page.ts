/** `<contact-list>` over the book of this origin, as a page has it. */
import { contactsClient } from '../../../src/browser.ts'
import type { ContactsClient, Hit } from '../../../src/browser.ts'
import { defineContactElements } from '../../../src/elements.ts'
import { frameOf, offerList } from './measured-list.ts'
import { importAll, openedBook } from './opened-book.ts'
import type { GraphAccess } from './opened-book.ts'

export type { GraphAccess }

/** What the page offers besides, as `globalThis.beginImport`: imports into a book that is empty. */
export type BeginImport = (graph: GraphAccess) => Promise<void>

void defineContactElements()
const list = document.createElement('contact-list')
frameOf(list)

const { answered } = offerList({
  scroller: () => list.shadowRoot?.querySelector<HTMLElement>('.scroller') ?? null,
  hasRows: () => (list.shadowRoot?.querySelector('.row .name') ?? null) !== null,
})

/** How long each question of a search took, in ms, as `globalThis.questions`. */
const questions: number[] = []

/** The list draws results as soon as it has their rows, which it asks for after it has the hits. */
const noting = (client: ContactsClient): ContactsClient => {
  let found: { readonly text: string; readonly first: string | undefined; readonly count: number } | null =
    null
  const note = (text: string, hits: readonly Hit[]) => {
    found = { text, first: hits[0]?.key, count: hits.length }
  }
  return {
    ...client,
    findNow: async (text, limit) => {
      const asked = performance.now()
      const soFar = await client.findNow(text, limit)
      questions.push(performance.now() - asked)
      note(text, soFar.hits)
      return soFar
    },
    find: async (text, limit) => {
      const hits = await client.find(text, limit)
      note(text, hits)
      return hits
    },
    locate: async (keys) => {
      const located = await client.locate(keys)
      if (found !== null && found.count === keys.length && found.first === keys[0]) {
        answered(found.text)
        found = null
      }
      return located
    },
  }
}

const show = async (graph: GraphAccess) => {
  const book = await openedBook(graph)
  list.client = noting(contactsClient(book))
  return book
}

const beginImport: BeginImport = async (graph) => importAll(await show(graph))

Object.assign(globalThis, { beginImport, questions })
if (location.search !== '?empty') void show({ origin: '', token: '' })
