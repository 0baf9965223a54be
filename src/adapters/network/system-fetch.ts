import type { SecureContext } from 'node:tls'
import type { Dispatcher } from 'undici'
import { isOutsideValidity, isUnknownIssuer } from '../http/connection/certificate-codes.ts'
import { isClockWrong } from '../http/connection/clock-skew.ts'
import { codesOf, type ConnectionFacts } from '../http/connection/connection-failure.ts'
import { dispatcherFor, type Trust, type Undici } from './dispatchers.ts'
import { type Environment, type ProxyAddress, proxyFor, usesProxies } from './proxy-for.ts'

/** In ms: how long reading the time of a server may take. */
const CLOCK_LIMIT = 5_000

/**
 * `fetch` that follows the settings of this machine, on every version of Node. It uses the proxy that the environment
 * names and, once Node alone has not trusted a host, the certificates of the system as well. This machine is reached
 * directly.
 *
 * Rejects as `fetch` does, with `ConnectionFacts` added, and with `proxy-misconfigured` (see `proxyFor`). Takes an
 * address, not a `Request`.
 */
export const systemFetch = (env: Environment = process.env): typeof fetch => {
  const dispatchers = new Map<string, Dispatcher>()
  let trusted: SecureContext | null | undefined

  const send = async (
    address: URL,
    init: RequestInit,
    trust: SecureContext | undefined,
  ): Promise<Response> => {
    const proxy = proxyFor(address, env)
    // Node's own `fetch` may use proxies by itself (NODE_USE_ENV_PROXY), for this machine as well.
    if (trust === undefined && !usesProxies(env)) return fetch(address, init)
    // Loaded on demand, because most machines need none of it.
    const undici = await import('undici')
    const name = JSON.stringify([proxy, trust !== undefined])
    const dispatcher =
      dispatchers.get(name) ?? dispatcherFor(undici, proxy, trust ? { secureContext: trust } : {})
    dispatchers.set(name, dispatcher)
    return fetchOf(undici)(address, { ...init, dispatcher })
  }

  return async (input, init = {}) => {
    const address = new URL(input instanceof Request ? input.url : input)
    const before = trusted ?? undefined
    try {
      return await send(address, init, before)
    } catch (error) {
      const codes = codesOf(error)
      if (before === undefined && codes.some(isUnknownIssuer)) {
        // On demand as well: `node:tls` alone takes a while.
        const { systemTrust } = await import('./system-trust.ts')
        if (trusted === undefined) trusted = systemTrust()
        // Nothing was sent to the host that was not trusted, so this does not repeat the request.
        if (trusted !== null) return await send(address, init, trusted)
      }
      if (codes.some(isOutsideValidity) && (await showsWrongClock(address, proxyFor(address, env))))
        throw Object.assign(error as Error, { clockIsWrong: true } satisfies ConnectionFacts)
      throw error
    }
  }
}

/**
 * Whether the time of a host that is not trusted differs from that of this machine. This only decides which sentence
 * the person reads, so the connection is not checked. Only the request for the time is sent.
 */
const showsWrongClock = async (address: URL, proxy: ProxyAddress | null): Promise<boolean> => {
  const unchecked: Trust = { rejectUnauthorized: false }
  const undici = await import('undici')
  const dispatcher = dispatcherFor(undici, proxy, unchecked)
  try {
    const signal = AbortSignal.timeout(CLOCK_LIMIT)
    const request = { method: 'HEAD', redirect: 'manual', signal, dispatcher } as const
    const { headers } = await fetchOf(undici)(new URL('/', address), request)
    return isClockWrong(headers, Date.now())
  } catch {
    return false
  } finally {
    await dispatcher.destroy().catch(() => undefined)
  }
}

type Fetch = (address: URL, init: RequestInit & { readonly dispatcher: Dispatcher }) => Promise<Response>

/** With the types of the runtime, which has the same `fetch` built in. */
const fetchOf = (undici: Undici): Fetch => undici.fetch as unknown as Fetch
