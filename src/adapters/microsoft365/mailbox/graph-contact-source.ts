import type { SourceReport } from '../../../domain/reports.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import { type NetworkEvents, runtimeNetwork } from '../../http/connection/network-wait.ts'
import { defaultLimits, type HttpLimits } from '../../http/limits.ts'
import { createRequestGate } from '../../http/request-gate.ts'
import { serviceUrl } from '../../http/service-url.ts'
import { systemTimers, type Timers } from '../../http/timers.ts'
import { graphClient } from '../graph/graph-client.ts'
import { readMailbox } from './read-mailbox.ts'
import { mailboxUrls } from './urls.ts'

/** Which Graph to read, with which tokens and limits. Only `graphUrl` and `tokens` are required. */
export interface GraphContactSourceOptions {
  /** The address of Graph, with or without a version: `https://graph.microsoft.com`. Plain http on this device only. */
  readonly graphUrl: string
  readonly tokens: AccessTokens
  readonly fetch?: typeof fetch
  readonly limits?: Partial<HttpLimits>
  readonly timers?: Timers
  /** Ends waits for the network early. Default: `globalThis` in a browser, otherwise none. */
  readonly network?: NetworkEvents | null
  /** Contacts on a page. Default: 1,000, Outlook's maximum. */
  readonly pageSize?: number
  /**
   * Also reads what Outlook keeps and Graph's contact lacks: second mobile, other, fax and pager numbers, those of the
   * assistant and the company, the anniversary and the personal web page. Makes each page slower. Default: false.
   */
  readonly extendedProperties?: boolean
}

/**
 * Reads the contacts of a Microsoft 365 mailbox: all folders, or the changes in them. docs/import-engine.md explains
 * how the list matches a mailbox that changes meanwhile. Needs the permission `Contacts.Read`. Throws
 * `app-misconfigured` for an address to which no token may be sent.
 */
export const graphContactSource = (options: GraphContactSourceOptions): ContactSource => {
  const service = versioned(serviceUrl(options.graphUrl))
  const limits = { ...defaultLimits, ...options.limits }
  const timers = options.timers ?? systemTimers
  const network = options.network ?? runtimeNetwork()
  const gate = createRequestGate(limits.inFlight, timers, limits.served)

  const connect = (signal: AbortSignal, context: FetchContext) =>
    graphClient({
      service,
      tokens: options.tokens,
      fetch: options.fetch ?? fetch,
      signal,
      gate,
      limits,
      timers,
      network,
      onWaiting: (waiting) => context.progress({ waiting }),
    })

  return {
    source: 'microsoft365',
    async *fetch(request: FetchRequest, context: FetchContext): AsyncGenerator<SourceReport> {
      // Ends prefetched requests when the consumer stops early.
      const ended = new AbortController()
      const abort = () => ended.abort(context.signal.reason)
      context.signal.addEventListener('abort', abort, { once: true })
      try {
        context.signal.throwIfAborted()
        const graph = connect(ended.signal, context)
        for await (const report of readMailbox({
          graph,
          service,
          urls: mailboxUrls(service, options.pageSize, options.extendedProperties),
          request,
          context,
        })) {
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

/** An address without a version gets v1.0. */
const versioned = (address: URL): URL => {
  const path = address.pathname.replace(/\/+$/, '')
  return new URL(/\/(v1\.0|beta)$/.test(path) ? path : `${path}/v1.0`, address)
}
