import { abortable } from '../../../async/abortable.ts'
import { SerialQueue } from '../../../async/serial-queue.ts'
import { ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { Account } from '../../../domain/reports.ts'
import type { AccessTokenRequest, AccessTokens } from '../../../ports/access-token.ts'
import type { SignIn } from '../../../ports/sign-in.ts'
import { isAccessToken } from './entra/access-token.ts'
import { accountOfToken } from './entra/claims.ts'

/** What is asked of a shell that gets its own tokens, with MSAL for example. */
export interface TokenRequest extends AccessTokenRequest {
  /** What the token has to allow: `['https://graph.microsoft.com/Contacts.Read']`. */
  readonly scopes: readonly string[]
  /** True during a sign-in: the person may be asked. False: get a token silently or reject. */
  readonly interactive: boolean
  /** The person shall choose an account, even if one is signed in (`prompt=select_account`). */
  readonly chooseAccount: boolean
}

/** How a shell that gets its own tokens hands them over. */
export interface TokenProviderOptions {
  /**
   * Resolves to an access token for Graph. A rejection with an `ImportFailure` fails the attempt with its code
   * (`consent-declined`, `offline`, …), any other rejection with `sign-in-expired`. A token that differs from
   * `refused` is used until Graph refuses it or the next attempt begins.
   */
  readonly tokens: (request: TokenRequest) => Promise<string>
  /**
   * Whose token it is. Default: the claims of the token. Give it if tokens may be opaque, as those of personal
   * Microsoft accounts are, so that another account is recognised before its contacts replace these.
   */
  readonly account?: (token: string) => Account | Promise<Account>
}

/**
 * A sign-in that the shell does itself. No token is stored here: it is kept in memory until the sign-out, and
 * the shell signs the person out where it signed them in.
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
    // Anything else would end up in the message of the error that `fetch` throws for a malformed header.
    if (!isAccessToken(token) || token === request.refused) throw new ImportFailure('sign-in-expired')
    return token
  }

  const signIn: SignIn['signIn'] = async ({ chooseAccount = false }, context) => {
    const token = await ask({ signal: context.signal, interactive: true, chooseAccount })
    // Asked after a cancel too, so that the sign-in that came too late is recorded as ignored.
    if (closing.signal.aborted || !(await context.report({ type: 'sign-in.answered' })).accepted) return
    const before = known
    // The core may ask for a token before the report is answered.
    known = token
    const answer = await context.report({ type: 'consent.granted', account: await account(token) })
    // Not after a sign-out, which forgot both.
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
    // One after the other: requests that were refused together share the token that the first of them gets.
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
