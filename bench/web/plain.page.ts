/** A page as one writes it without this library: the Graph SDK, and rows in IndexedDB that anyone can read. */
import {
  Client,
  HTTPMessageHandler,
  MiddlewareFactory,
  PageIterator,
} from '@microsoft/microsoft-graph-client'
import type { Middleware, PageCollection } from '@microsoft/microsoft-graph-client'
import { graphFetch } from '../graph/graph-fetch.ts'
import { listing } from '../graph/listing.ts'
import { offer, SCREEN, showScreen } from './page.ts'

interface Item {
  readonly id: string
  readonly displayName?: string | null
}

const PAGE = 1_000

const connect = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const opening = indexedDB.open('contacts', 1)
    opening.onupgradeneeded = () => opening.result.createObjectStore('contacts', { keyPath: 'id' })
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error ?? new Error('The database cannot be opened'))
  })

const write = (db: IDBDatabase, items: readonly Item[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = db.transaction('contacts', 'readwrite')
    const store = transaction.objectStore('contacts')
    for (const item of items) store.put(item)
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('The contacts cannot be written'))
  })

const readAll = (db: IDBDatabase): Promise<Item[]> =>
  new Promise((resolve, reject) => {
    const reading = db.transaction('contacts').objectStore('contacts').getAll()
    reading.onsuccess = () => resolve(reading.result as Item[])
    reading.onerror = () => reject(reading.error ?? new Error('The contacts cannot be read'))
  })

const collator = new Intl.Collator()
const nameOf = ({ displayName }: Item): string => displayName ?? ''
const sorted = (items: readonly Item[]): readonly Item[] =>
  items.toSorted((a, b) => collator.compare(nameOf(a), nameOf(b)))

/** The client's default chain; only its last link, which sends requests, uses another `fetch`. */
const middleware = (origin: string, token: string): Middleware[] => {
  const { fetch } = graphFetch(origin)
  const sender: Middleware = {
    execute: async (context) => {
      context.response = await fetch(context.request, context.options)
    },
  }
  return MiddlewareFactory.getDefaultMiddlewareChain({ getAccessToken: async () => token }).map((link) =>
    link instanceof HTTPMessageHandler ? sender : link,
  )
}

/** The list that the page shows. */
let shown: readonly Item[] = []

offer({
  importAll: async ({ origin, token }) => {
    const db = await connect()
    const client = Client.initWithMiddleware({ middleware: middleware(origin, token) })
    const request = client.api(listing.path).select(listing.select).headers(listing.headers).top(PAGE)
    const items: Item[] = []
    const writes: Promise<void>[] = []
    let page: Item[] = []
    const keep = (item: Item) => {
      items.push(item)
      page.push(item)
      if (page.length < PAGE) return true
      writes.push(write(db, page))
      page = []
      return true
    }
    const first = (await request.get()) as PageCollection
    await new PageIterator(client, first, keep, { headers: listing.headers }).iterate()
    writes.push(write(db, page))
    await Promise.all(writes)
    shown = sorted(items)
    return shown.length
  },
  finish: async () => undefined,
  open: async () => {
    shown = sorted(await readAll(await connect()))
    showScreen(shown.slice(0, SCREEN).map(nameOf))
  },
})
