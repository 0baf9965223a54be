import { ImportFailure } from '../../../domain/failures.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { SignIn } from '../../../ports/sign-in.ts'
import { accountOfToken } from './entra/claims.ts'
import { readTokenFile } from './token-file.ts'

export interface AccessTokenFileOptions {
  /** A text file with an access token in it; read again when the token is refused, so that its owner can renew it. */
  readonly tokenFile: string
}

/**
 * Access that the person brings along: nobody is asked, and nothing is kept or deleted. Whether the token is
 * any good is for Graph to say. Every call throws `sign-in-expired` where there is no token to be had;
 * `readTokenFile` says why.
 */
export const accessTokenFile = ({ tokenFile }: AccessTokenFileOptions): SignIn & AccessTokens => {
  let known: string | null = null
  const read = (): Promise<string> =>
    readTokenFile(tokenFile).catch((error: unknown) => {
      throw new ImportFailure('sign-in-expired', {}, error)
    })
  return {
    signIn: async (_request, context) => {
      const token = await read()
      known = token
      const account = accountOfToken(token)
      if (!context.signal.aborted) await context.report({ type: 'consent.granted', account })
    },
    accessToken: async ({ signal, refused }) => {
      signal.throwIfAborted()
      // Read once: a look at the disk before every request would keep the request waiting.
      if (known !== null && known !== refused) return known
      const token = await read()
      signal.throwIfAborted()
      if (token === refused) throw new ImportFailure('sign-in-expired')
      return (known = token)
    },
    // The file may hold another account's token by now.
    access: async () => accountOfToken((known ??= await read())),
    signOut: async () => {
      known = null
    },
    close: async () => undefined,
  }
}
