import { readFile } from 'node:fs/promises'
import { Client, MiddlewareFactory, PageIterator } from '@microsoft/microsoft-graph-client'
import type { PageCollection } from '@microsoft/microsoft-graph-client'
import { listing } from '../../graph/listing.ts'
import type { Contender } from './contender.ts'

/** The iterator of Microsoft's own client, with the middleware that the client has by default. */
export const graphSdk: Contender = {
  allFolders: false,
  importContacts: async ({ tokenFile, signal, keep }) => {
    const getAccessToken = () => readFile(tokenFile, 'utf8')
    const client = Client.initWithMiddleware({
      middleware: MiddlewareFactory.getDefaultMiddlewareChain({ getAccessToken }),
    })
    const options = { headers: listing.headers, options: { signal } }
    const first = (await client
      .api(listing.path)
      .select(listing.select)
      .top(1000)
      .headers(listing.headers)
      .options(options.options)
      .get()) as PageCollection
    const take = (contact: { id: string }) => {
      keep(contact.id, contact)
      return true
    }
    await new PageIterator(client, first, take, options).iterate()
  },
}
