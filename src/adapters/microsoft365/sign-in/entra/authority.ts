import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { isLoopbackHost } from '../../../../formats/loopback-host.ts'
import { connectionFailure, failureOfNetwork } from '../../../http/connection/connection-failure.ts'
import { defaultLimits } from '../../../http/limits.ts'
import { readBody } from '../../../http/read-body.ts'
import { TransientError } from '../../../http/transient-error.ts'
import { outageOf } from './outages.ts'
import { persist } from './persistence.ts'
import { PATIENCE_BEFORE } from './persistent-network.ts'
import { serviceAddress } from './service-address.ts'

/** Where to sign in, in the form of MSAL's `auth` configuration. */
export interface AuthoritySettings {
  readonly authority: string
  readonly knownAuthorities: readonly string[]
  /** OpenID Connect Discovery document as JSON text; if absent, MSAL fetches it. */
  readonly authorityMetadata?: string
}

/** Hosts of the clouds whose endpoints MSAL knows (Microsoft docs: "National clouds"). */
const microsoftHosts = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/

/** External tenants, whose host has the name of the tenant (Microsoft docs: "Microsoft Entra External ID"). */
const namesItsTenant = /\.ciamlogin\.com$/

/**
 * MSAL's settings for the address of an authority (`https://login.microsoftonline.com/common`, or any OpenID
 * provider). A provider on this machine may use plain http: MSAL refuses such an address, but accepts such endpoints
 * in given metadata. The invented host name is never contacted; it separates the accounts of different providers.
 *
 * An address of Microsoft without a tenant is taken for `common`. Throws `app-misconfigured` for another one without a
 * tenant, for plain http to another machine and for a response that is not metadata; `offline` if the provider on this
 * machine cannot be reached, and `service-unavailable` or `throttled` if it has an outage for some seconds.
 */
export const resolveAuthority = async (
  authority: string,
  signal: AbortSignal | null = null,
  send: typeof fetch = fetch,
): Promise<AuthoritySettings> => {
  const url = parsed(authority)
  if (url.protocol === 'https:') {
    const isMicrosofts = microsoftHosts.test(url.hostname)
    if (url.pathname === '/') {
      // Without a tenant, MSAL would open the page of a tenant named "undefined".
      if (isMicrosofts) url.pathname = '/common'
      else if (!namesItsTenant.test(url.hostname)) throw new ImportFailure('app-misconfigured')
    }
    return { authority: url.href, knownAuthorities: isMicrosofts ? [] : [url.host] }
  }
  if (url.protocol !== 'http:' || !isLoopbackHost(url.hostname)) throw new ImportFailure('app-misconfigured')
  const host = `login.port-${url.port || 80}.localhost`
  return {
    authority: `https://${host}/common`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify(await metadataOf(url, signal, send)),
  }
}

/** Whether an authority is a local stand-in for the real one. Its tokens need no protection. */
export const isOnThisMachine = (authority: string): boolean =>
  URL.canParse(authority) && isLoopbackHost(new URL(authority).hostname)

const parsed = (authority: string): URL => {
  if (!URL.canParse(authority)) throw new ImportFailure('app-misconfigured')
  return new URL(authority)
}

const metadataOf = async (
  authority: URL,
  signal: AbortSignal | null,
  send: typeof fetch,
): Promise<Record<string, unknown>> => {
  const base = authority.href.replace(/\/+$/, '')
  // Entra's path has a version; those of other providers do not (OpenID Connect Discovery 1.0, section 4).
  for (const path of ['/v2.0/.well-known/openid-configuration', '/.well-known/openid-configuration']) {
    const document = await jsonAt(base + path, signal, send)
    if (document !== null && isMetadata(document)) return document
  }
  throw new ImportFailure('app-misconfigured')
}

const jsonAt = async (
  address: string,
  signal: AbortSignal | null,
  request: typeof fetch,
): Promise<unknown> => {
  const send = async () => {
    const response = await request(address, { signal, redirect: 'error' }).catch((error: unknown) =>
      brokenConnection(error, address),
    )
    if (response instanceof TransientError) return response
    const inBetween = failureOfNetwork(response)
    if (inBetween !== null) throw inBetween
    const headers = Object.fromEntries(response.headers)
    const outage = outageOf({ status: response.status, headers, body: {} }, Date.now())
    return outage ?? (response.ok ? await readBody(response, defaultLimits.body) : '')
  }
  let text: string
  try {
    text = await persist(send, { patience: PATIENCE_BEFORE, signal })
  } catch (error) {
    // Too large for metadata.
    if (isImportFailure(error) && error.code === 'bad-answer') return null
    const { code, details } = connectionFailure(error, address)
    throw new ImportFailure(code, details, error)
  }
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** A refused connection is no outage that passes: the provider does not run. */
const brokenConnection = (error: unknown, address: string): TransientError => {
  const reason = connectionFailure(error, address)
  if (reason instanceof TransientError && reason.code === 'service-unavailable') return reason
  throw error
}

/** Plain http is accepted for loopback endpoints only: codes and tokens must not leave this machine unencrypted. */
const isMetadata = (document: unknown): document is Record<string, unknown> =>
  typeof document === 'object' &&
  document !== null &&
  ['authorization_endpoint', 'token_endpoint'].every(
    (name) => serviceAddress(Reflect.get(document, name)) !== null,
  )
