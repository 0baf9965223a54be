import { readFile } from 'node:fs/promises'
import { Client, MiddlewareFactory, PageIterator } from '@microsoft/microsoft-graph-client'
import type { PageCollection } from '@microsoft/microsoft-graph-client'
import { listing } from '../../graph/listing.ts'
import type { Contender, ImportOrder } from './contender.ts'

/** The `PageIterator` of Microsoft's client, with its default middleware. */
export const graphSdk: Contender = {
  allFolders: false,
  importContacts: async (order) => {
    const { client, iterate } = connect(order)
    const first = (await client
      .api(listing.path)
      .select(listing.select)
      .top(1000)
      .headers(listing.headers)
      .options({ signal: order.signal })
      .get()) as PageCollection
    await iterate(first, listing.headers, (contact) => order.keep(contact.id, contact))
  },
  refreshContacts: async (order, meanwhile) => {
    const { client, iterate } = connect(order)
    const contacts = new Map<string, DeltaItem>()
    const round = async (path: string): Promise<string> => {
      const options = { signal: order.signal }
      const first = (await client.api(path).headers(deltaHeaders).options(options).get()) as PageCollection
      const link = await iterate(first, deltaHeaders, (item) => {
        if ('@removed' in item) contacts.delete(item.id)
        else contacts.set(item.id, { ...contacts.get(item.id), ...item })
      })
      if (link === undefined) throw new Error('no delta link')
      return link
    }
    const link = await round(`${listing.path}/delta?$select=${listing.select}`)
    meanwhile()
    await round(link)
    for (const [id, contact] of contacts) order.keep(id, contact)
  },
}

interface DeltaItem {
  readonly id: string
  readonly '@removed'?: unknown
}

/** Graph's documentation of "contact: delta" asks for this header. 500 is the size that a widely used client requests. */
const deltaHeaders = { Prefer: `${listing.headers.Prefer}, odata.maxpagesize=500` }

const connect = ({ tokenFile, signal }: Pick<ImportOrder, 'tokenFile' | 'signal'>) => {
  const getAccessToken = () => readFile(tokenFile, 'utf8')
  const client = Client.initWithMiddleware({
    middleware: MiddlewareFactory.getDefaultMiddlewareChain({ getAccessToken }),
  })
  /** Passes every item to `take`, and resolves to the delta link at the end, if there is one. */
  const iterate = async (
    first: PageCollection,
    headers: Readonly<Record<string, string>>,
    take: (item: DeltaItem) => void,
  ): Promise<string | undefined> => {
    const each = (item: DeltaItem) => {
      take(item)
      return true
    }
    const iterator = new PageIterator(client, first, each, { headers, options: { signal } })
    await iterator.iterate()
    return iterator.getDeltaLink()
  }
  return { client, iterate }
}
