import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { isLoopbackHost } from '../../../../formats/loopback-host.ts'
import { connectionFailure, failureOfNetwork } from '../../../http/connection/connection-failure.ts'
import { defaultLimits } from '../../../http/limits.ts'
import { readBody } from '../../../http/read-body.ts'

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
 * machine cannot be reached.
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

const jsonAt = async (address: string, signal: AbortSignal | null, send: typeof fetch): Promise<unknown> => {
  let response: Response
  let text: string
  try {
    response = await send(address, { signal, redirect: 'error' })
    text = await readBody(response, defaultLimits.body)
  } catch (error) {
    // Too large for metadata.
    if (isImportFailure(error) && error.code === 'bad-answer') return null
    const { code, details } = connectionFailure(error, address)
    throw new ImportFailure(code, details, error)
  }
  const inBetween = failureOfNetwork(response)
  if (inBetween !== null) throw inBetween
  try {
    return response.ok ? JSON.parse(text) : null
  } catch {
    return null
  }
}

/** Plain http is accepted for loopback endpoints only: codes and tokens must not leave this machine unencrypted. */
const isMetadata = (document: unknown): document is Record<string, unknown> =>
  typeof document === 'object' &&
  document !== null &&
  ['authorization_endpoint', 'token_endpoint'].every((name) => {
    const endpoint: unknown = Reflect.get(document, name)
    if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return false
    const url = new URL(endpoint)
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  })
