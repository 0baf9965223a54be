import { readFile } from 'node:fs/promises'
import { ImportFailure } from '../../domain/failures.ts'
import { UnchangedToken, type AccessTokens } from '../../ports/access-token.ts'
import type { SignIn } from '../../ports/sign-in.ts'
import { isAccessToken } from './access-token.ts'
import type { Account } from '../../domain/reports.ts'

export interface AccessTokenFileOptions {
  /** A text file with an access token. It is read again when the token is refused, so that the token can be renewed. */
  readonly tokenFile: string
  /** The account of a token. Default: unknown, as for tokens that only the service can read. */
  readonly accountOf?: (token: string) => Account
}

/**
 * Access with a token that the user keeps in a file: no sign-in page opens, and nothing is stored or deleted. The service
 * decides whether the token is valid. Every call throws `sign-in-expired` if the file has no token; `readTokenFile`
 * says why.
 */
export const accessTokenFile = ({
  tokenFile,
  accountOf = () => ({ id: null }),
}: AccessTokenFileOptions): SignIn & AccessTokens => {
  let cached: string | null = null
  const read = (): Promise<string> =>
    readTokenFile(tokenFile).catch((error: unknown) => {
      throw new ImportFailure('sign-in-expired', {}, error)
    })
  return {
    signIn: async (_request, context) => {
      const token = await read()
      cached = token
      const account = accountOf(token)
      if (!context.signal.aborted) await context.report({ type: 'consent.granted', account })
    },
    accessToken: async ({ signal, refused }) => {
      signal.throwIfAborted()
      // Read once: reading the file before every request would delay each of them.
      if (cached !== null && cached !== refused) return cached
      const token = await read()
      signal.throwIfAborted()
      if (token === refused) throw new UnchangedToken()
      return (cached = token)
    },
    // The file may have another account's token by now.
    access: async () => accountOf((cached ??= await read())),
    signOut: async () => {
      cached = null
    },
    close: async () => undefined,
  }
}

/** Why a token file cannot be used. It contains no part of the file's content. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError'
  readonly reason: 'missing' | 'unreadable' | 'empty' | 'not-a-token'

  constructor(reason: TokenFileError['reason'], cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/**
 * The access token in a text file, without surrounding white space. Throws `TokenFileError`, also if the text is not
 * a token according to RFC 6750, section 2.1.
 */
export const readTokenFile = async (path: string): Promise<string> => {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new TokenFileError(
      Reflect.get(Object(error), 'code') === 'ENOENT' ? 'missing' : 'unreadable',
      error,
    )
  })
  const token = text.replace(/^\uFEFF/, '').trim()
  if (token === '') throw new TokenFileError('empty')
  if (!isAccessToken(token)) throw new TokenFileError('not-a-token')
  return token
}
