import type { SourceReport } from '../../domain/reports.ts'
import type { AccessTokens } from '../../ports/access-token.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../../ports/contact-source.ts'
import { createFence } from '../http/fence.ts'
import { defaultLimits, type HttpLimits } from '../http/limits.ts'
import { leadsTo, serviceAddress } from '../http/service-address.ts'
import { systemTimers, type Timers } from '../http/timers.ts'
import { ahead } from './ahead.ts'
import type { Folder } from './folders.ts'
import { graphClient, type GraphClient } from './graph-client.ts'
import { isLinkDead } from './graph-failure.ts'
import { listContacts } from './list-contacts.ts'
import { readPosition, type ListingPosition } from './listing-position.ts'
import { surveyFolders } from './survey-folders.ts'

export interface GraphContactsOptions {
  /** Of Graph, with or without its version: `https://graph.microsoft.com`. Plain http on this device only. */
  readonly graphUrl: string
  readonly tokens: AccessTokens
  readonly fetch?: typeof fetch
  readonly limits?: Partial<HttpLimits>
  readonly timers?: Timers
}

/**
 * Reads the contacts of a Microsoft 365 mailbox: all folders, page by page, with the next page already on its
 * way while the last one is recorded. Needs `Contacts.Read`. Throws `app-misconfigured` for an address that
 * no token may be sent to.
 */
export const graphContacts = (options: GraphContactsOptions): ContactSource => {
  const service = versioned(serviceAddress(options.graphUrl))
  const limits = { ...defaultLimits, ...options.limits }
  const timers = options.timers ?? systemTimers
  const fence = createFence(limits.inFlight, timers)

  const connect = (signal: AbortSignal, context: FetchContext) =>
    graphClient({
      service,
      tokens: options.tokens,
      fetch: options.fetch ?? fetch,
      signal,
      fence,
      limits,
      timers,
      onWaiting: (waiting) => context.progress({ waiting }),
    })

  return {
    source: 'microsoft365',
    async *fetch(request, context) {
      // Ends what was asked for ahead when the consumer stops before the end.
      const ended = new AbortController()
      const abort = () => ended.abort(context.signal.reason)
      context.signal.addEventListener('abort', abort, { once: true })
      try {
        context.signal.throwIfAborted()
        for await (const report of reports(connect(ended.signal, context), service, request, context)) {
          context.signal.throwIfAborted()
          yield report
        }
      } catch (error) {
        context.signal.throwIfAborted()
        throw error
      } finally {
        context.signal.removeEventListener('abort', abort)
        ended.abort()
      }
    },
  }
}

async function* reports(
  graph: GraphClient,
  service: URL,
  { resumeFrom }: FetchRequest,
  context: FetchContext,
): AsyncGenerator<SourceReport> {
  const onFolder = ({ name }: Folder) => {
    if (name !== null) context.progress({ folder: name })
  }
  const list = (position: ListingPosition) => ahead(listContacts(graph, position, onFolder))

  const position = readPosition(resumeFrom)
  const resumed = position !== null && (position.next === null || leadsTo(service, position.next))
  if (!resumed || !(yield* whileAlive(list(position)))) {
    const { folders, count } = await surveyFolders(graph)
    // Nothing is asked for ahead here: with too many contacts none at all may be fetched.
    yield { type: 'contacts.counted', count }
    yield* list({ version: 1, folders, index: 0, next: null })
  }
  yield { type: 'listing.finished', cursor: null, verified: true }
}

/** Yields all reports and returns true; false where the very first request met a link that leads nowhere. */
async function* whileAlive(listing: AsyncGenerator<SourceReport>): AsyncGenerator<SourceReport, boolean> {
  let first: IteratorResult<SourceReport>
  try {
    first = await listing.next()
  } catch (error) {
    if (isLinkDead(error)) return false
    throw error
  }
  if (first.done !== true) {
    yield first.value
    yield* listing
  }
  return true
}

/** An address without a version means the one that contacts are read with. */
const versioned = (address: URL): URL => {
  const path = address.pathname.replace(/\/+$/, '')
  return new URL(/\/(v1\.0|beta)$/.test(path) ? path : `${path}/v1.0`, address)
}
