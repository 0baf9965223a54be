import { untilAborted } from '../../../async/until-aborted.ts'
import type { SourceReport } from '../../../domain/reports.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { ContactSource, FetchContext, FetchRequest } from '../../../ports/contact-source.ts'
import { anyNetwork, type NetworkEvents, runtimeNetwork } from '../../http/connection/network-wait.ts'
import { defaultLimits, type HttpLimits } from '../../http/limits.ts'
import { createRequestGate } from '../../http/request-gate.ts'
import { serviceUrl } from '../../http/service-url.ts'
import { systemTimers, type Timers } from '../../http/timers.ts'
import { peopleClient } from './people-client.ts'
import { readPeople } from './read-people.ts'

/** Which People API to use, with which tokens and limits. Only `tokens` is required. */
export interface PeopleOptions {
  readonly tokens: AccessTokens
  /** Default: `https://people.googleapis.com`. Plain http on this device only. */
  readonly peopleUrl?: string
  readonly fetch?: typeof fetch
  readonly limits?: Partial<HttpLimits>
  readonly timers?: Timers
  /** Ends waits for the network early. Default: `globalThis` in a browser, otherwise none. */
  readonly network?: NetworkEvents | null
}

/**
 * Reads the contacts of a Google account: all of them, or the changes since the last list. Needs the scope
 * `contacts.readonly`. Throws `app-misconfigured` for an address to which no token may be sent.
 */
export const peopleContactSource = (options: PeopleOptions): ContactSource => {
  const service = serviceUrl(options.peopleUrl ?? 'https://people.googleapis.com')
  const limits = { ...defaultLimits, ...options.limits }
  const timers = options.timers ?? systemTimers
  const network = options.network ?? runtimeNetwork()
  const gate = createRequestGate(limits.inFlight, timers)
  return {
    source: 'google',
    async *fetch(request: FetchRequest, context: FetchContext): AsyncGenerator<SourceReport> {
      const { signal } = context
      signal.throwIfAborted()
      // Ends a prefetched request when the consumer stops early.
      const ended = new AbortController()
      const abort = () => ended.abort(signal.reason)
      signal.addEventListener('abort', abort, { once: true })
      const reports = readPeople(
        peopleClient({
          ...{ service, gate, limits, timers, tokens: options.tokens, fetch: options.fetch ?? fetch },
          signal: ended.signal,
          network: anyNetwork(network, context.retryNow),
          onWaiting: (waiting) => context.progress({ waiting }),
        }),
        request,
      )
      try {
        yield* untilAborted(reports, signal)
      } finally {
        signal.removeEventListener('abort', abort)
        ended.abort()
      }
    },
  }
}
