import { readFile } from 'node:fs/promises'

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
  if (!/^[A-Za-z0-9\-._~+/]+=*$/.test(token)) throw new TokenFileError('not-a-token')
  return token
}
