import type { AccessTokens } from '../../ports/access-token.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'
import type { SignIn } from '../../ports/sign-in.ts'
import { type LoopbackSignInOptions, loopbackSignIn } from '../sign-in/loopback-sign-in.node.ts'
import { peopleContactSource } from './people/people-contact-source.ts'
import { googleClient } from './sign-in/google-client.ts'
import { coversContacts, type GoogleClientOptions } from './sign-in/google-scopes.ts'

/** How people sign in to Google from this machine, and which People API is read. */
export interface GoogleSourceOptions extends GoogleClientOptions, LoopbackSignInOptions {
  /** Default: `https://people.googleapis.com`. Plain http on this device only. */
  readonly peopleUrl?: string
  /** Sends every request. */
  readonly fetch: typeof fetch
}

/** Signs in to Google with a browser of this machine. */
export const googleSignIn = (options: Omit<GoogleSourceOptions, 'peopleUrl'>): SignIn & AccessTokens =>
  loopbackSignIn(
    {
      client: (timeLimit, signal) => googleClient({ ...options, timeLimit }, 'form_post', signal),
      coversContacts,
    },
    options,
  )

/**
 * The Google contacts of the person at this machine, who signs in with a browser. Throws `app-misconfigured` for a `peopleUrl` to
 * which no token may be sent.
 */
export const googleSource = (options: GoogleSourceOptions): LinkedSource => {
  const { peopleUrl, fetch, network = null } = options
  const signIn = googleSignIn(options)
  const contacts = peopleContactSource({
    ...{ tokens: signIn, fetch, network },
    ...(peopleUrl !== undefined && { peopleUrl }),
  })
  return { source: 'google', signIn, contacts }
}
