import {
  Client,
  GraphClientError,
  ResponseType,
  type Context,
  type GraphRequest,
  type Middleware,
} from '@microsoft/microsoft-graph-client'
import type { AccessTokens } from '../../ports/access-token.ts'
import { authenticated } from '../http/authenticated.ts'
import { identified } from '../http/identified.ts'
import { retrying, type RetryOptions } from '../http/retrying.ts'
import { transport } from '../http/transport.ts'
import { graphFailure } from './graph-failure.ts'

export interface GraphConnection extends RetryOptions {
  /** Where Graph is, version included: `https://graph.microsoft.com/v1.0`. */
  readonly service: URL
  readonly tokens: AccessTokens
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
}

/** Asks Graph, and gives the JSON of its answer. Throws an `ImportFailure`, or the signal's reason. */
export interface GraphClient {
  /** A request of our own making, in the words of Graph's client. */
  get(path: string, build: (request: GraphRequest) => GraphRequest): Promise<unknown>
  /** A link that Graph gave, sent as it is: Graph's client would take it apart and put it in another order. */
  follow(link: string): Promise<unknown>
}

// Without it a contact's id changes when the contact is moved (Graph: "Immutable identifiers"). It counts for
// one answer only, so every request asks for it.
const headers = { Accept: 'application/json', Prefer: 'IdType="ImmutableId"' }

export const graphClient = ({ service, tokens, fetch, signal, ...retries }: GraphConnection): GraphClient => {
  const sent = transport({ service, fetch, timeLimit: retries.limits.request })
  const chain = authenticated(retrying(identified(sent), retries), tokens)
  const client = Client.initWithMiddleware({
    baseUrl: service.href,
    defaultVersion: '', // It is part of the address.
    fetchOptions: { headers, signal },
    middleware: unwrapped(chain),
  })
  return {
    get: async (path, build) => {
      try {
        const request = build(client.api(path)).responseType(ResponseType.RAW)
        return await answer((await request.get()) as Response)
      } catch (error) {
        throw error instanceof GraphClientError ? error.customError : error
      }
    },
    follow: async (link) => {
      const context: Context = { request: link, options: { method: 'GET', headers, signal } }
      await chain.execute(context)
      return answer(context.response)
    },
  }
}

/** Graph's client replaces every error by one of its own and drops the cause, except its own kind. */
const unwrapped = (chain: Middleware): Middleware => ({
  execute: async (context) => {
    try {
      await chain.execute(context)
    } catch (error) {
      throw Object.assign(new GraphClientError(), { customError: error })
    }
  },
})

const answer = async (response: Response | undefined): Promise<unknown> => {
  if (response === undefined) throw new TypeError('No middleware answered')
  const body: unknown = await response.json()
  if (!response.ok) throw graphFailure(response, body)
  return body
}
