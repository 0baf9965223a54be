import type { AccessTokens } from '../../../ports/access-token.ts'
import type { Waiting } from '../../../ports/contact-source.ts'
import { anyNetwork, type NetworkEvents, runtimeNetwork } from '../../http/connection/network-wait.ts'
import { defaultLimits, type HttpLimits } from '../../http/limits.ts'
import { createRequestGate } from '../../http/request-gate.ts'
import { serviceUrl } from '../../http/service-url.ts'
import { systemTimers, type Timers } from '../../http/timers.ts'
import { graphClient, type GraphClient } from './graph-client.ts'

/** Which Graph to use, with which tokens and limits. Only `graphUrl` and `tokens` are required. */
export interface GraphOptions {
  /** The address of Graph, with or without a version: `https://graph.microsoft.com`. Plain http on this device only. */
  readonly graphUrl: string
  readonly tokens: AccessTokens
  readonly fetch?: typeof fetch
  readonly limits?: Partial<HttpLimits>
  readonly timers?: Timers
  /** Ends waits for the network early. Default: `globalThis` in a browser, otherwise none. */
  readonly network?: NetworkEvents | null
  /**
   * For pages: a browser asks before each request with a token to an address that it has not asked lately (Fetch Standard, "CORS
   * protocol"), and each page of contacts has another address. With this option all requests go to one address,
   * `$batch`. Default: false.
   */
  readonly sparesPreflights?: boolean
}

/**
 * A mailbox of Graph. All its clients share one gate: Outlook serves four requests at once for an app and a mailbox,
 * whatever they are for, and a 429 pauses all of them.
 */
export interface GraphAccess {
  readonly service: URL
  /**
   * A client whose requests end with the signal.
   *
   * @param options.onWaiting called with every wait, and with null when it is over
   * @param options.retryNow ends waits for the network too
   * @param options.limits where they are lower than those of the other clients
   */
  connect(
    signal: AbortSignal,
    options?: {
      readonly onWaiting?: (waiting: Waiting | null) => void
      readonly retryNow?: NetworkEvents | undefined
      readonly limits?: Partial<HttpLimits>
    },
  ): GraphClient
}

/** Throws `app-misconfigured` for an address to which no token may be sent. */
export const graphAccess = (options: GraphOptions): GraphAccess => {
  const service = versioned(serviceUrl(options.graphUrl))
  const limits = { ...defaultLimits, ...options.limits }
  const timers = options.timers ?? systemTimers
  const network = options.network ?? runtimeNetwork()
  const { sparesPreflights = false } = options
  // A batch of one is a batch: up to a 429, as many are in flight as the service serves parts of a batch.
  const gate = createRequestGate(sparesPreflights ? limits.served : limits.inFlight, timers, {
    served: limits.served,
    afterPause: limits.inFlight,
  })
  return {
    service,
    connect: (signal, { onWaiting = () => undefined, retryNow, limits: others = {} } = {}) =>
      graphClient({
        service,
        tokens: options.tokens,
        fetch: options.fetch ?? fetch,
        signal,
        gate,
        limits: lowest(limits, others),
        sparesPreflights,
        timers,
        network: anyNetwork(network, retryNow),
        onWaiting,
      }),
  }
}

const lowest = (limits: HttpLimits, others: Partial<HttpLimits>): HttpLimits => {
  const names = Object.keys(others) as (keyof HttpLimits)[]
  const lower = names.map((name) => [name, Math.min(limits[name], others[name] ?? Infinity)])
  return { ...limits, ...(Object.fromEntries(lower) as Partial<HttpLimits>) }
}

/** An address without a version gets v1.0. */
const versioned = (address: URL): URL => {
  const path = address.pathname.replace(/\/+$/, '')
  return new URL(/\/(v1\.0|beta)$/.test(path) ? path : `${path}/v1.0`, address)
}
