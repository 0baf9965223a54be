import { displayName, indexedDbStorage, microsoft365WithTokens, openContactBook } from '../../src/browser.ts'
import type { ContactBook } from '../../src/browser.ts'
import { GRAPH, graphFetch } from '../graph/graph-fetch.ts'
import { offer, SCREEN, showScreen } from './page.ts'

let book: ContactBook | null = null

const open = async (origin: string, token: string): Promise<ContactBook> =>
  (book = await openContactBook({
    store: await indexedDbStorage(),
    sources: [
      microsoft365WithTokens({
        graphUrl: GRAPH,
        fetch: graphFetch(origin).fetch,
        tokens: async () => token,
      }),
    ],
  }))

offer({
  importAll: async ({ origin, token }) => {
    const opened = await open(origin, token)
    const started = await opened.signIn('microsoft365')
    if (!started.ok) throw new Error(started.refusal)
    await opened.outcome(started.attempt)
    return opened.contacts.get().length
  },
  finish: async () => book?.close(),
  open: async () => {
    const opened = await open('', '')
    showScreen(opened.firstContacts(SCREEN).map((contact) => displayName(contact)))
  },
})
