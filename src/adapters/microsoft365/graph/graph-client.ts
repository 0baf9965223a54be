import {
  Client,
  type Context,
  GraphClientError,
  type Middleware,
  ResponseType,
} from '@microsoft/microsoft-graph-client'
import type { AccessTokens } from '../../../ports/access-token.ts'
import { authentication } from '../../http/authentication.ts'
import { requestIds, RequestWeight } from '../../http/request-context.ts'
import { retry, type RetryOptions } from '../../http/retry.ts'
import { transport } from '../../http/transport.ts'
import { graphBatch } from './batch.ts'
import { graphFailure } from './errors.ts'

export interface GraphConnection extends RetryOptions {
  /** Where Graph is, version included: `https://graph.microsoft.com/v1.0`. */
  readonly service: URL
  readonly tokens: AccessTokens
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
}

/** Asks Graph, and gives the JSON of its answer. Throws an `ImportFailure`, or the signal's reason. */
export interface GraphClient {
  /** A link, sent as it is: Graph's client would take it apart and put it in another order. */
  follow(link: string): Promise<unknown>
  /**
   * Several links at once, in as few requests as Graph takes them in. Gives what became of each, in their order:
   * one that fails does not fail the others.
   */
  followAll(links: readonly string[]): Promise<readonly PromiseSettledResult<unknown>[]>
}

// Without the first a contact's id changes when the contact is moved (Graph: "Immutable identifiers"). It counts
// for one answer only, so every request asks for it. The second is for deltas, which take no `$top`.
const PREFER = 'IdType="ImmutableId"'
const PREFER_IN_DELTAS = `${PREFER}, odata.maxpagesize=500`

/** What every request says, on its own or in a batch. */
const headersFor = (link: string) => ({
  Accept: 'application/json',
  Prefer: /\/delta(\(\))?\?/i.test(link) ? PREFER_IN_DELTAS : PREFER,
})

export const graphClient = ({ service, tokens, fetch, signal, ...retries }: GraphConnection): GraphClient => {
  const sent = transport({ service, fetch, timeLimit: retries.limits.request })
  const chain = authentication(retry(requestIds(sent), retries), tokens)
  const client = Client.initWithMiddleware({
    baseUrl: service.href,
    defaultVersion: '', // It is part of the address.
    fetchOptions: { headers: headersFor(''), signal },
    middleware: unwrapped(chain),
  })
  const follow = async (link: string) => {
    const context: Context = { request: link, options: { method: 'GET', headers: headersFor(link), signal } }
    await chain.execute(context)
    return answer(context.response)
  }
  const postBatch = async (body: unknown, weight: number) => {
    try {
      const request = client.api('/$batch').middlewareOptions([new RequestWeight(weight)])
      return await answer((await request.responseType(ResponseType.RAW).post(body)) as Response)
    } catch (error) {
      throw error instanceof GraphClientError ? error.customError : error
    }
  }
  return {
    follow,
    followAll: graphBatch({ service, signal, follow, postBatch, headersFor, ...retries }),
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
