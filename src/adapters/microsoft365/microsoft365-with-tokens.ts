import type { LinkedSource } from '../../ports/linked-source.ts'
import type { NetworkEvents } from '../http/connection/network-wait.ts'
import { serviceUrl } from '../http/service-url.ts'
import { graphSources } from './graph-sources.ts'
import { scopesFor } from './sign-in/entra/scopes.ts'
import { tokenProvider } from './sign-in/token-provider.ts'
import type { TokenProviderOptions } from './sign-in/token-provider.ts'

/** The app's own tokens, and the Graph for which they are issued. */
export interface Microsoft365WithTokensOptions extends TokenProviderOptions {
  /** Default: `https://graph.microsoft.com`. National clouds have their own. Plain http on this device only. */
  readonly graphUrl?: string
  /** Default: the runtime's own `fetch`. */
  readonly fetch?: typeof fetch
  /** Ends waits for the network early. Default: `globalThis` in a browser, otherwise none. */
  readonly network?: NetworkEvents | null
  /** Also reads numbers and dates that only Outlook shows: see `GraphContactSourceOptions`. Default: false. */
  readonly extendedProperties?: boolean
  /** Spares a page most preflights of its browser: see `GraphContactSourceOptions`. Default: true in browsers, else false. */
  readonly sparesPreflights?: boolean
}

/**
 * A Microsoft 365 account for an app that signs users in itself, with MSAL for example: the app provides access
 * tokens, and this reads the contacts. Works in any runtime. Throws a `TypeError` if `tokens` is not a function, and
 * `ImportFailure` `app-misconfigured` for a `graphUrl` to which no token may be sent.
 */
export const microsoft365WithTokens = ({
  tokens,
  account,
  graphUrl = 'https://graph.microsoft.com',
  fetch,
  network = null,
  extendedProperties = false,
  sparesPreflights = false,
}: Microsoft365WithTokensOptions): LinkedSource => {
  // Programs without types would otherwise be told that the sign-in has expired.
  if (typeof (tokens as unknown) !== 'function')
    throw new TypeError('microsoft365WithTokens needs tokens: a function that resolves to an access token')
  const signIn = tokenProvider({ tokens, ...(account && { account }) }, scopesFor(serviceUrl(graphUrl).href))
  const sources = graphSources({
    graphUrl,
    tokens: signIn,
    extendedProperties,
    sparesPreflights,
    network,
    ...(fetch && { fetch }),
  })
  return { source: 'microsoft365', signIn, ...sources }
}
