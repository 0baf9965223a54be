import type { INetworkModule } from '@azure/msal-node'
import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { isLoopbackHost } from '../../../../formats/loopback-host.ts'
import { defaultLimits } from '../../../http/limits.ts'
import { TransientError } from '../../../http/transient-error.ts'
import { msalNetwork } from './msal-network.ts'
import { PATIENCE_BEFORE_CONSENT } from './persistence.ts'
import { persistentNetwork } from './persistent-network.ts'
import { serviceAddress } from './service-address.ts'

/** How to ask a provider for its metadata. */
export interface MetadataRequest {
  readonly signal?: AbortSignal
  /** For one request, in ms. */
  readonly timeLimit?: number
  readonly fetch?: typeof fetch
}

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
  options: MetadataRequest = {},
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
    authorityMetadata: JSON.stringify(await metadataOf(url, options)),
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
  { signal, timeLimit = defaultLimits.request, fetch }: MetadataRequest,
): Promise<object> => {
  const direct = msalNetwork(timeLimit, { ...(signal && { signal }), ...(fetch && { fetch }) })
  const { through } = persistentNetwork({ patience: PATIENCE_BEFORE_CONSENT, signal: signal ?? null })
  const network = through(refusingAtOnce(direct))
  const base = authority.href.replace(/\/+$/, '')
  // Entra's path has a version; those of other providers do not (OpenID Connect Discovery 1.0, section 4).
  for (const path of ['/v2.0/.well-known/openid-configuration', '/.well-known/openid-configuration']) {
    const { status, body } = await network
      .sendGetRequestAsync<object>(base + path)
      .catch((error: unknown) => {
        throw isImportFailure(error) ? error : new ImportFailure('offline', {}, error)
      })
    if (status >= 200 && status < 300 && isMetadata(body)) return body
  }
  throw new ImportFailure('app-misconfigured')
}

/** A refused connection is not a temporary outage: the provider is not running. */
const refusingAtOnce = (network: INetworkModule): INetworkModule => ({
  ...network,
  sendGetRequestAsync: <T>(url: string) =>
    network.sendGetRequestAsync<T>(url).catch((error: unknown) => {
      if (!(error instanceof TransientError) || error.code === 'service-unavailable') throw error
      throw new ImportFailure(error.code, error.details, error)
    }),
})

/** Plain http is accepted for loopback endpoints only: codes and tokens must not leave this machine unencrypted. */
const isMetadata = (document: object): boolean =>
  ['authorization_endpoint', 'token_endpoint'].every(
    (name) => serviceAddress(Reflect.get(document, name)) !== null,
  )
