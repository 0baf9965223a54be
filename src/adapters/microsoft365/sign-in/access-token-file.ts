import { readFile } from 'node:fs/promises'
import { ImportFailure } from '../../../domain/failures.ts'
import type { AccessTokens } from '../../../ports/access-token.ts'
import type { SignIn } from '../../../ports/sign-in.ts'
import { isAccessToken } from './entra/access-token.ts'
import { accountOfToken } from './entra/claims.ts'

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

/** Why a token file is of no use. No part of what is in it. */
export class TokenFileError extends Error {
  override readonly name = 'TokenFileError'
  readonly reason: 'missing' | 'unreadable' | 'empty' | 'not-a-token'

  constructor(reason: TokenFileError['reason'], cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

/**
 * The access token in a text file, white space around it apart. Throws `TokenFileError`; a token is one word
 * of the characters of RFC 6750, 2.1.
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
