import {
  Client,
  type Context,
  GraphClientError,
  type Middleware,
  ResponseType,
} from '@microsoft/microsoft-graph-client'
import type { AccessTokens } from '../../../ports/access-token.ts'
import { authentication, untilAccessEnds } from '../../http/authentication.ts'
import { requestIds, RequestWeight, setDetour } from '../../http/request-context.ts'
import { retry, type RetryOptions } from '../../http/retry/retry.ts'
import type { Timers } from '../../http/timers.ts'
import { transport } from '../../http/transport.ts'
import { StubbornFault } from '../../http/retry/stubborn-fault.ts'
import { graphBatch, type FollowOptions } from './batch/batch.ts'
import { graphFailure } from './errors.ts'
import { rawValueBatch } from './batch/raw-values.ts'
import { outageDetector } from './outage.ts'

export interface GraphConnection extends RetryOptions {
  /** The address of Graph with its version: `https://graph.microsoft.com/v1.0`. */
  readonly service: URL
  readonly tokens: AccessTokens
  readonly fetch: typeof fetch
  readonly signal: AbortSignal
  readonly sparesPreflights: boolean
}

/** Sends requests to Graph. They resolve to the JSON of the response, or throw an `ImportFailure` or the signal's reason. */
export interface GraphClient {
  /** Whether a request for something in the mailbox has succeeded, so that the mailbox exists. */
  readonly hasMailbox: boolean
  /** Whether each link is followed in a batch of its own. A larger one would spare nothing then. */
  readonly sparesPreflights: boolean
  /** Follows a link unchanged: Graph's own client would parse it and reorder its options. */
  follow(link: string, options?: FollowOptions): Promise<unknown>
  /**
   * Follows several links in as few requests as Graph allows. Resolves to a result for each, in the order of the
   * links. A link that fails does not affect the others.
   */
  followAll(
    links: readonly string[],
    options?: FollowOptions,
  ): Promise<readonly PromiseSettledResult<unknown>[]>
  /**
   * Asks for raw values (`…/$value`), at most as many as fit in a batch. Resolves to a result for each, in the order of
   * the links: a text in base64, unchecked. A link that fails does not affect the others.
   */
  rawValues(links: readonly string[]): Promise<readonly PromiseSettledResult<unknown>[]>
}

// Without `ImmutableId`, a contact's id changes when the contact is moved (Graph: "Immutable identifiers"). It
// applies to one response only, so every request has it. `maxpagesize` is for deltas, which do not support `$top`.
const PREFER = 'IdType="ImmutableId"'
const PREFER_IN_DELTAS = `${PREFER}, odata.maxpagesize=500`

/** How many links that keep failing get the full number of tries. */
const PATIENT_LINKS = 8
/** Failures after which a request is given up if it will probably never succeed. */
const IMPATIENT_FAULTS = 2

/** Headers of every request, single or in a batch. */
const headersFor = (link: string) => ({
  Accept: 'application/json',
  Prefer: /\/delta(\(\))?\?/i.test(link) ? PREFER_IN_DELTAS : PREFER,
})

export const graphClient = (connection: GraphConnection): GraphClient => {
  const { service, fetch, signal, sparesPreflights, ...retries } = connection
  const tokens = untilAccessEnds(connection.tokens)
  const sent = transport({ service, fetch, limits: retries.limits })
  const chain = authentication(retry(requestIds(sent), retries), tokens)
  const client = Client.initWithMiddleware({
    baseUrl: service.href,
    defaultVersion: '', // `service` includes it.
    fetchOptions: { headers: headersFor(''), signal },
    // Only batches go through it, and a batch is a shortcut: its links can be followed one by one.
    middleware: unwrapped({
      execute: async (context) => {
        setDetour(context, detour({}))
        await chain.execute(context)
      },
    }),
  })
  const outage = outageDetector({
    ...retries,
    chain: authentication(requestIds(sent), tokens),
    accessEnded: () => tokens.ended,
    addresses: ['contactFolders', 'contacts'].map(
      (list) => `${service.href.replace(/\/+$/, '')}/me/${list}?$select=id&$top=1`,
    ),
    headers: headersFor(''),
    signal,
  })
  let stubbornLinks = 0
  let hasMailbox = false
  const detour = ({ failedAt = null, isSuspect = false }: FollowOptions) => ({
    // If many items are damaged, waiting for each of them would take minutes.
    faults: stubbornLinks < PATIENT_LINKS && !isSuspect ? retries.limits.stubbornFaults : IMPATIENT_FAULTS,
    failedAt,
    isOutage: (since: number) => outage.isOutage(since),
  })
  const follow = async (link: string, options: FollowOptions = {}) => {
    const context: Context = { request: link, options: { method: 'GET', headers: headersFor(link), signal } }
    if (options.hasDetour) setDetour(context, detour(options))
    try {
      await chain.execute(context)
    } catch (error) {
      if (error instanceof StubbornFault) stubbornLinks++
      throw error
    }
    outage.answered()
    const body = await answer(context.response, retries.timers)
    hasMailbox = true
    return body
  }
  const postBatch = async (body: unknown, weight: number) => {
    try {
      const request = client.api('/$batch').middlewareOptions([new RequestWeight(weight)])
      return await answer(
        (await request.responseType(ResponseType.RAW).post(body)) as Response,
        retries.timers,
      )
    } catch (error) {
      throw error instanceof GraphClientError ? error.customError : error
    }
  }
  const onAnswered = () => outage.answered()
  const shared = { service, signal, postBatch, headersFor, onAnswered, ...retries }
  const followAlone = async (link: string, options?: FollowOptions) => {
    // The place that only batches may use is not for this request, nor for those that follow it.
    if (sparesPreflights) retries.gate.pause(0)
    return follow(link, options)
  }
  const batch = graphBatch({ ...shared, follow: followAlone, batchesSingles: sparesPreflights })
  const followAll = async (links: readonly string[], options?: FollowOptions) => {
    const results = await batch(links, options)
    hasMailbox ||= results.some(({ status }) => status === 'fulfilled')
    return results
  }
  const followInBatch = async (link: string, options?: FollowOptions) => {
    const [result] = await followAll([link], options)
    if (result?.status !== 'fulfilled') throw result?.reason
    return result.value
  }
  return {
    get hasMailbox() {
      return hasMailbox
    },
    sparesPreflights,
    follow: sparesPreflights ? followInBatch : follow,
    followAll,
    rawValues: rawValueBatch({ ...shared, follow: followAlone }),
  }
}

/** Graph's client replaces every error that is not of its own class, and drops the cause. */
const unwrapped = (chain: Middleware): Middleware => ({
  execute: async (context) => {
    try {
      await chain.execute(context)
    } catch (error) {
      throw Object.assign(new GraphClientError(), { customError: error })
    }
  },
})

const answer = async (response: Response | undefined, timers: Timers): Promise<unknown> => {
  if (response === undefined) throw new TypeError('No middleware answered')
  const body: unknown = await response.json()
  if (!response.ok) throw graphFailure(response, body, timers.now())
  return body
}
