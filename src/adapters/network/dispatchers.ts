import { isIP } from 'node:net'
import type { SecureContext } from 'node:tls'
import type undiciModule from 'undici'
import type { Agent, buildConnector, Dispatcher, Pool, ProxyAgent } from 'undici'
import type { ConnectionFacts } from '../http/connection/connection-failure.ts'
import type { ProxyAddress } from './proxy-for.ts'

/**
 * How connections are checked: by the certificates in `secureContext`, or not at all, which is only for reading the
 * clock.
 */
export interface Trust {
  readonly secureContext?: SecureContext
  readonly rejectUnauthorized?: false
}

export type Undici = Pick<typeof undiciModule, 'Agent' | 'fetch' | 'Pool' | 'ProxyAgent'>

/** Makes the connections of a request: direct, or through a proxy. The errors of a proxy name it (`ConnectionFacts`). */
export const dispatcherFor = (
  undici: Undici,
  proxy: ProxyAddress | null,
  trust: Trust,
): Agent | ProxyAgent => {
  if (proxy === null) return new undici.Agent({ connect: trust })
  return new undici.ProxyAgent({
    uri: proxy.origin,
    ...(proxy.authorization !== null && { token: proxy.authorization }),
    requestTls: trust,
    proxyTls: trust,
    clientFactory: (origin, { connect }: { readonly connect: buildConnector.connector }) =>
      naming(proxy, new undici.Pool(origin, { connect: withName(connect), headersTimeout: TUNNEL_LIMIT })),
  })
}

/** In ms. For a proxy that accepts connections and does not answer; shorter than any limit of a request. */
const TUNNEL_LIMIT = 15_000

/** TLS must not ask for an IP address as a server name (RFC 6066, section 3), but undici passes that of a proxy. */
const withName =
  (connect: buildConnector.connector): buildConnector.connector =>
  ({ servername, ...options }, callback) =>
    connect(
      { ...options, ...(servername !== undefined && isIP(servername) === 0 && { servername }) },
      callback,
    )

/** Every failure before the tunnel is open is a failure of the proxy. */
const naming = ({ host }: ProxyAddress, pool: Pool): Pool => {
  const connect: (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData> =
    pool.connect.bind(pool)
  const failed = (facts: ConnectionFacts, cause?: unknown) =>
    Object.assign(new Error('no tunnel', { cause }), { ...facts, proxy: host })
  const named = async (options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    const answer = await connect(options).catch((error: unknown) => {
      // The agent would repeat undici's own error for a broken connection again and again, without a pause.
      throw failed({}, error)
    })
    if (answer.statusCode === 200) return answer
    answer.socket.on('error', () => undefined).destroy()
    throw failed({ tunnelStatus: answer.statusCode })
  }
  return Object.assign(pool, { connect: named })
}
