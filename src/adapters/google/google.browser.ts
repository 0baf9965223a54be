import { abortable } from '../../async/abortable.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { BookStorage } from '../../ports/storage.ts'
import { onDemand } from '../http/load-code.ts'
import { serviceUrl } from '../http/service-url.ts'
import {
  type BrowserSignIn,
  browserSignIn,
  type BrowserSignInOptions,
} from '../sign-in/browser/browser-sign-in.ts'
import { indexedDbTokens } from '../sign-in/browser/token-store.ts'
import { coversContacts, type GoogleClientOptions } from './sign-in/google-scopes.ts'

/** How people sign in to Google from a page. Only `clientId`, `signInPage` and `storage` are required. */
export interface GoogleOptions
  extends GoogleClientOptions, Omit<BrowserSignInOptions, 'tokenStore' | 'keys' | 'keyName'> {
  /** The storage of the book, whose vault keeps the key that encrypts the tokens. */
  readonly storage: Pick<BookStorage, 'keys'>
  /** The IndexedDB database of the tokens; each storage needs its own. Default: `device-contacts/google-tokens`. */
  readonly tokenDatabase?: string
  /** Default: `https://people.googleapis.com`. Plain http on this device only. */
  readonly peopleUrl?: string
}

/** A Google account of the person at this browser. `signIn.openSignInTab` belongs into the handler of the click. */
export interface Google extends LinkedSource {
  readonly signIn: BrowserSignIn
}

/**
 * A Google account of the person at this browser, who signs in in a tab. Google demands a `clientSecret` of clients of the type "Web
 * application" too; in a page it is no secret, and only the registered addresses protect the client. Its code is loaded when it is
 * first needed. Throws a `TypeError` for a missing `clientId`, and `ImportFailure` `app-misconfigured` for a `peopleUrl` to which no
 * token may be sent.
 */
export const google = (options: GoogleOptions): Google => {
  const { clientId }: Partial<GoogleOptions> = options
  const { peopleUrl, fetch, network, storage, tokenDatabase = 'device-contacts/google-tokens' } = options
  if (typeof clientId !== 'string' || clientId.trim() === '')
    throw new TypeError(
      'google({ clientId }): clientId is missing. Give the client ID of your Google Cloud project.',
    )
  if (peopleUrl !== undefined) serviceUrl(peopleUrl)
  const client = onDemand(async () => (await import('./sign-in/google-client.ts')).googleClient)
  const signIn = browserSignIn(
    {
      client: async (timeLimit, signal) => (await client())({ ...options, timeLimit }, 'fragment', signal),
      coversContacts,
      accessLasts: null,
    },
    {
      ...options,
      tokenStore: indexedDbTokens(tokenDatabase),
      keys: storage.keys,
      keyName: tokenDatabase,
    },
  )
  const contacts = onDemand(async () =>
    (await import('./people/people-contact-source.ts')).peopleContactSource({
      tokens: signIn,
      ...(peopleUrl !== undefined && { peopleUrl }),
      ...(network !== undefined && { network }),
      ...(fetch && { fetch }),
    }),
  )
  return {
    source: 'google',
    signIn,
    contacts: {
      source: 'google',
      async *fetch(request, context) {
        yield* (await abortable(contacts(), context.signal)).fetch(request, context)
      },
    },
    prepare: async () => {
      await Promise.all([client(), contacts()])
    },
  }
}
