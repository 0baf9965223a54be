import { indexedDbStorage, microsoft365WithTokens, openContactBook } from '../../../src/browser.ts'
import type { ContactBook } from '../../../src/browser.ts'
import { GRAPH, graphFetch } from '../../graph/graph-fetch.ts'

/** Where an import gets its contacts from. */
export interface GraphAccess {
  readonly origin: string
  readonly token: string
}

/** The book of this origin, as a page opens it. */
export const openedBook = async ({ origin, token }: GraphAccess): Promise<ContactBook> => {
  const book = await openContactBook({
    store: await indexedDbStorage(),
    sources: [
      microsoft365WithTokens({ graphUrl: GRAPH, fetch: graphFetch(origin).fetch, tokens: async () => token }),
    ],
  })
  await book.resume()
  return book
}

/** Imports all contacts. Throws if that is refused. */
export const importAll = async (book: ContactBook): Promise<void> => {
  const started = await book.signIn('microsoft365')
  if (!started.ok) throw new Error(started.refusal)
  await book.outcome(started.attempt)
}
