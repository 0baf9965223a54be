import {
  Client,
  HTTPMessageHandler,
  MiddlewareFactory,
  PageIterator,
} from '@microsoft/microsoft-graph-client'
import type { Middleware, PageCollection } from '@microsoft/microsoft-graph-client'
import { graphFetch } from '../graph/graph-fetch.ts'
import type { GraphFetch } from '../graph/graph-fetch.ts'
import { checkCount, listing } from '../graph/listing.ts'
import type { ImportInput } from '../graph/listing.ts'
import { stopwatch } from '../harness/stopwatch.ts'

export interface SdkImportInput extends ImportInput {
  /** Null: Graph's default, which is ten. */
  readonly pageSize: number | null
}

/** An import into an array by the `PageIterator` of Microsoft's client, with its default middleware. */
export const importSdk = async (input: SdkImportInput) => {
  const graph = graphFetch(input.origin)
  const client = Client.initWithMiddleware({ middleware: middleware(graph, input.token) })

  const watch = stopwatch()
  const contacts: unknown[] = []
  const request = client.api(listing.path).select(listing.select).headers(listing.headers)
  const first = (await (
    input.pageSize === null ? request : request.top(input.pageSize)
  ).get()) as PageCollection
  const keep = (contact: unknown) => contacts.push(contact) < input.contacts
  await new PageIterator(client, first, keep, { headers: listing.headers }).iterate()
  const ms = watch.lap()
  const processorMs = watch.processorTime()
  checkCount(contacts.length, input)
  return { ms, processorMs, requests: graph.requests(), longestBlock: await watch.longestBlock() }
}

/** The client's default chain; only its last link, which sends requests, uses another `fetch`. */
const middleware = ({ fetch }: GraphFetch, token: string): Middleware[] => {
  const authentication = { getAccessToken: async () => token }
  const sender: Middleware = {
    execute: async (context) => {
      context.response = await fetch(context.request, context.options)
    },
  }
  return MiddlewareFactory.getDefaultMiddlewareChain(authentication).map((link) =>
    link instanceof HTTPMessageHandler ? sender : link,
  )
}
