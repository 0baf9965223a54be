import { ImportFailure } from '../../domain/failures.ts'
import { isLoopbackHost } from '../../formats/loopback-host.ts'
import { isExcepted } from './no-proxy.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** A proxy through which requests are tunnelled. */
export interface ProxyAddress {
  /** `http://host:port` or `https://host:port`, without user name and password. */
  readonly origin: string
  readonly host: string
  /** The value of `Proxy-Authorization` (RFC 7617); null without a user name. Secret. */
  readonly authorization: string | null
}

/**
 * The proxy for an address, by the variables that curl and undici know: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
 * `NO_PROXY`, each also in lower case, which takes precedence. Null: no proxy. This machine is never reached through one.
 *
 * Throws `proxy-misconfigured` with the name of the variable for a value that is not the address of an HTTP proxy.
 */
export const proxyFor = (address: URL, env: Environment): ProxyAddress | null => {
  if (isLoopbackHost(address.hostname)) return null
  const names =
    address.protocol === 'https:' ? ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'] : ['HTTP_PROXY', 'ALL_PROXY']
  const name = names.find((each) => setting(env, each) !== '')
  if (name === undefined || isExcepted(setting(env, 'NO_PROXY'), address)) return null
  return parsed(setting(env, name), name)
}

/** Whether any proxy is set, whichever addresses it is for. */
export const usesProxies = (env: Environment): boolean =>
  ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].some((name) => setting(env, name) !== '')

/** Empty if it is not set, or set to nothing. */
const setting = (env: Environment, name: string): string =>
  env[name.toLowerCase()]?.trim() || env[name]?.trim() || ''

const parsed = (value: string, name: string): ProxyAddress => {
  const unusable = () => new ImportFailure('proxy-misconfigured', { cause: name })
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`
  if (!URL.canParse(text)) throw unusable()
  const url = new URL(text)
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:'
  // A password with a slash, a question mark or a number sign ends the host too early: its rest would be shown as one.
  if (!isHttp || /@/.test(url.pathname + url.search + url.hash)) throw unusable()
  const { username, password, origin, host } = url
  const credentials = `${decoded(username)}:${decoded(password)}`
  const authorization = username === '' ? null : `Basic ${Buffer.from(credentials).toString('base64')}`
  return { origin, host, authorization }
}

/** A percent sign that encodes nothing is kept. */
const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
