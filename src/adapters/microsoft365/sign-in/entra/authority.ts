import type { INetworkModule } from '@azure/msal-node'
import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { defaultLimits } from '../../../http/limits.ts'
import { TransientError } from '../../../http/retry/transient-error.ts'
import { authorityUrl, isMicrosofts, metadataPaths } from './authority-address.ts'
import { msalNetwork } from './msal-network.ts'
import { PATIENCE_BEFORE_CONSENT } from '../../../sign-in/persistence.ts'
import { persistentNetwork } from './outages/persistent-network.ts'
import { serviceAddress } from '../../../sign-in/authority/service-address.ts'

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

/**
 * MSAL's settings for the address of an authority (`https://login.microsoftonline.com/common`, or any OpenID
 * provider). A provider on this machine may use plain http: MSAL refuses such an address, but accepts such endpoints
 * in given metadata. The invented host name is never contacted; it separates the accounts of different providers.
 *
 * Throws as `authorityUrl` does; `app-misconfigured` for a response that is not metadata; `offline` if the provider on this
 * machine cannot be reached, and `service-unavailable` or `throttled` if it has an outage for some seconds.
 */
export const resolveAuthority = async (
  authority: string,
  options: MetadataRequest = {},
): Promise<AuthoritySettings> => {
  const url = authorityUrl(authority)
  if (url.protocol === 'https:')
    return { authority: url.href, knownAuthorities: isMicrosofts(url) ? [] : [url.host] }
  const host = `login.port-${url.port || 80}.localhost`
  return {
    authority: `https://${host}/common`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify(await metadataOf(url, options)),
  }
}

const metadataOf = async (
  authority: URL,
  { signal, timeLimit = defaultLimits.request, fetch }: MetadataRequest,
): Promise<object> => {
  const direct = msalNetwork(timeLimit, { ...(signal && { signal }), ...(fetch && { fetch }) })
  const { through } = persistentNetwork({ patience: PATIENCE_BEFORE_CONSENT, signal: signal ?? null })
  const network = through(refusingAtOnce(direct))
  const base = authority.href.replace(/\/+$/, '')
  for (const path of metadataPaths) {
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
