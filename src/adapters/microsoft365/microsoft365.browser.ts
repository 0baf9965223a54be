import type { LinkedSource } from '../../ports/linked-source.ts'
import type { BookStorage } from '../../ports/storage.ts'
import { graphSources } from './graph-sources.ts'
import { indexedDbTokens } from '../sign-in/browser/token-store.ts'
import type { BrowserSignIn } from '../sign-in/browser/browser-sign-in.ts'
import { type MicrosoftBrowserSignInOptions, microsoftSignIn } from './sign-in/microsoft-sign-in.browser.ts'

/** How people sign in to Microsoft 365 from a page. Only `clientId`, `signInPage` and `storage` are required. */
export interface Microsoft365Options extends Omit<
  MicrosoftBrowserSignInOptions,
  'tokenStore' | 'keys' | 'keyName'
> {
  /** The storage of the book, whose vault keeps the key that encrypts the tokens. */
  readonly storage: Pick<BookStorage, 'keys'>
  /** The IndexedDB database of the tokens; each storage needs its own. Default: `device-contacts/tokens`. */
  readonly tokenDatabase?: string
  /** Also reads numbers and dates that only Outlook shows: see `GraphContactSourceOptions`. Default: false. */
  readonly extendedProperties?: boolean
}

/** A Microsoft 365 account of the person at this browser. `signIn.openSignInTab` belongs into the handler of the click. */
export interface Microsoft365 extends LinkedSource {
  readonly signIn: BrowserSignIn
}

/**
 * A Microsoft 365 account of the person at this browser, who signs in in a tab. Throws a `TypeError` for a missing `clientId`,
 * and `ImportFailure` `app-misconfigured` for a `graphUrl` to which no token may be sent.
 */
export const microsoft365 = (options: Microsoft365Options): Microsoft365 => {
  const { clientId }: Partial<Microsoft365Options> = options
  const { graphUrl = 'https://graph.microsoft.com', extendedProperties = false, fetch, network } = options
  const { storage, tokenDatabase = 'device-contacts/tokens' } = options
  if (typeof clientId !== 'string' || clientId.trim() === '')
    throw new TypeError(
      'microsoft365({ clientId }): clientId is missing. Give the application (client) ID of your app registration in Microsoft Entra.',
    )
  const signIn = microsoftSignIn({
    ...options,
    tokenStore: indexedDbTokens(tokenDatabase),
    keys: storage.keys,
    keyName: tokenDatabase,
  })
  const sources = graphSources({
    ...{ graphUrl, tokens: signIn, extendedProperties, sparesPreflights: true },
    ...(network !== undefined && { network }),
    ...(fetch && { fetch }),
  })
  return { source: 'microsoft365', signIn, ...sources }
}
