import { google, googleWithTokenFile } from '../../src/node.ts'
import type { LinkedSource } from '../../src/node.ts'
import type { Options } from '../../src/shells/terminal/arguments/options.ts'
import { checkTokenFile } from './check-token-file.ts'
import { type GoogleRegistration, recallGoogleClient, rememberGoogleClient } from './google-client-file.ts'
import { googleTokenCacheOf } from './token-cache.ts'

/** The Google account of a store. */
export interface GoogleTenant {
  readonly source: LinkedSource
  /** False if no client is known: then the source only removes tokens, and calls no service. */
  readonly isKnown: boolean
}

/** The person's own Google account: with the client that the command line names, or the one of an earlier command. */
export const ownGoogle = async (options: Options, store: string): Promise<GoogleTenant> => {
  const isNamed = options.source === 'google'
  const { tokenFile, peopleUrl } = options
  if (isNamed && tokenFile !== undefined) {
    await checkTokenFile(tokenFile)
    const source = googleWithTokenFile({ tokenFile, ...(peopleUrl !== undefined && { peopleUrl }) })
    return { source, isKnown: true }
  }
  const named = isNamed ? registrationIn(options) : null
  if (named !== null) await rememberGoogleClient(store, named)
  return recalledGoogle(store)
}

/** With the client of an earlier command. */
export const recalledGoogle = async (store: string): Promise<GoogleTenant> => {
  const registration = await recallGoogleClient(store)
  return {
    source: google({ clientId: 'none', ...registration, tokenFile: googleTokenCacheOf(store) }),
    isKnown: registration !== null,
  }
}

const registrationIn = ({
  clientId,
  clientSecret,
  authority,
  peopleUrl,
}: Options): GoogleRegistration | null =>
  clientId === undefined
    ? null
    : {
        clientId,
        ...(clientSecret !== undefined && { clientSecret }),
        ...(authority !== undefined && { authority }),
        ...(peopleUrl !== undefined && { peopleUrl }),
      }
