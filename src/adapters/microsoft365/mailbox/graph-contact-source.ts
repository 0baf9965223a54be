import type { SourceReport } from '../../../domain/reports.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import { defaultLimits, type HttpLimits } from '../../http/limits.ts'
import { createRequestGate } from '../../http/request-gate.ts'
import { serviceUrl } from '../../http/service-url.ts'
import { systemTimers, type Timers } from '../../http/timers.ts'
import { graphClient } from '../graph/graph-client.ts'
import { readMailbox } from './read-mailbox.ts'
import { mailboxUrls } from './urls.ts'

/** Which Graph to read, with whose tokens, and how patiently. Only `graphUrl` and `tokens` are required. */
export interface GraphContactSourceOptions {
  /** Of Graph, with or without its version: `https://graph.microsoft.com`. Plain http on this device only. */
  readonly graphUrl: string
  readonly tokens: AccessTokens
  readonly fetch?: typeof fetch
  readonly limits?: Partial<HttpLimits>
  readonly timers?: Timers
  /** Contacts on a page: 1,000 where absent, the most that Outlook gives. */
  readonly pageSize?: number
}

/**
 * Reads the contacts of a Microsoft 365 mailbox: all folders, or what changed in them. How it comes to a list that
 * equals the mailbox although that changes meanwhile is told in docs/import-engine.md. Needs `Contacts.Read`.
 * Throws `app-misconfigured` for an address that no token may be sent to.
 */
export const graphContactSource = (options: GraphContactSourceOptions): ContactSource => {
  const service = versioned(serviceUrl(options.graphUrl))
  const limits = { ...defaultLimits, ...options.limits }
  const timers = options.timers ?? systemTimers
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
      onWaiting: (waiting) => context.progress({ waiting }),
    })

  return {
    source: 'microsoft365',
    async *fetch(request: FetchRequest, context: FetchContext): AsyncGenerator<SourceReport> {
      // Ends what was asked for ahead when the consumer stops before the end.
      const ended = new AbortController()
      const abort = () => ended.abort(context.signal.reason)
      context.signal.addEventListener('abort', abort, { once: true })
      try {
        context.signal.throwIfAborted()
        const graph = connect(ended.signal, context)
        for await (const report of readMailbox({
          graph,
          service,
          urls: mailboxUrls(service, options.pageSize),
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

/** An address without a version means the one that contacts are read with. */
const versioned = (address: URL): URL => {
  const path = address.pathname.replace(/\/+$/, '')
  return new URL(/\/(v1\.0|beta)$/.test(path) ? path : `${path}/v1.0`, address)
}
