import { abortable } from '../../../async/abortable.ts'
import { SerialQueue } from '../../../async/serial-queue.ts'
import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import { UnchangedToken, type AccessTokenRequest, type AccessTokens } from '../../../ports/access-token.ts'
import type { SignIn } from '../../../ports/sign-in.ts'
import { isAccessToken } from '../../sign-in/access-token.ts'
import { accountOfToken } from './entra/claims.ts'

/** A request to a shell that gets its own tokens, with MSAL for example. */
export interface TokenRequest extends AccessTokenRequest {
  /** What the token has to allow: `['https://graph.microsoft.com/Contacts.Read']`. */
  readonly scopes: readonly string[]
  /** True during a sign-in: the user may be asked. False: get a token silently or reject. */
  readonly interactive: boolean
  /** Let the user choose an account, even if one is signed in (`prompt=select_account`). */
  readonly chooseAccount: boolean
}

/** How a shell provides its own tokens. */
export interface TokenProviderOptions {
  /**
   * Resolves to an access token for Graph. A rejection with an `ImportFailure` fails the attempt with its code
   * (`consent-declined`, `offline`, …), any other rejection with `sign-in-expired`. A token that differs from
   * `refused` is used until Graph refuses it or the next attempt begins; the refused one is sent once more.
   */
  readonly tokens: (request: TokenRequest) => Promise<string>
  /**
   * The account of a token. Default: from the claims of the token. Provide it if tokens may be opaque, like those of
   * personal Microsoft accounts, so that a different account is detected before its contacts replace the current ones.
   */
  readonly account?: (token: string) => Account | Promise<Account>
}

/**
 * A sign-in that the shell does itself. A token is only kept in memory until the sign-out; signing the user out of the
 * identity provider is up to the shell.
 */
export const tokenProvider = (
  { tokens, account = accountOfToken }: TokenProviderOptions,
  scopes: readonly string[],
): SignIn & AccessTokens => {
  const queue = new SerialQueue()
  const closing = new AbortController()
  let known: string | null = null

  const ask = async (request: Omit<TokenRequest, 'scopes'>): Promise<string> => {
    let token: string
    try {
      token = await tokens({ scopes, ...request })
    } catch (error) {
      request.signal.throwIfAborted()
      throw isImportFailure(error) ? error : new ImportFailure('sign-in-expired', {}, error)
    }
    // `fetch` throws an error for a malformed header, whose message would contain the value.
    if (!isAccessToken(token)) throw new ImportFailure('sign-in-expired')
    if (token === request.refused) throw new UnchangedToken()
    return token
  }

  const signIn: SignIn['signIn'] = async ({ chooseAccount = false }, context) => {
    const token = await ask({ signal: context.signal, interactive: true, chooseAccount })
    // Reported after a cancel too, so that the late sign-in is recorded as ignored.
    if (closing.signal.aborted || !(await context.report({ type: 'sign-in.answered' })).accepted) return
    const before = known
    // The core may ask for a token before the report is answered.
    known = token
    const answer = await context.report({ type: 'consent.granted', account: await account(token) })
    // Not after a sign-out, which cleared both.
    if (!answer.accepted && known === token) known = before
  }

  const silently = (request: AccessTokenRequest): Promise<string> =>
    ask({ ...request, interactive: false, chooseAccount: false })

  return {
    signIn: async (request, context) => {
      const { signal } = context
      if (signal.aborted) return
      await abortable(signIn(request, context), signal).catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
    },
    // One at a time: requests that were refused together share the token that the first of them gets.
    accessToken: (request) =>
      queue.run(async () => {
        request.signal.throwIfAborted()
        if (known !== null && known !== request.refused) return known
        return (known = await abortable(silently(request), request.signal))
      }),
    // The shell may have switched to another account since the last attempt.
    access: async () => account((known = await silently({ signal: closing.signal }))),
    signOut: async () => {
      known = null
    },
    close: async () => closing.abort(),
  }
}
