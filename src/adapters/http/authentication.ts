import type { Middleware } from '@microsoft/microsoft-graph-client'
import { abortable } from '../../async/abortable.ts'
import { SerialQueue } from '../../async/serial-queue.ts'
import { type ImportFailure, isImportFailure } from '../../domain/failures.ts'
import { UnchangedToken, type AccessTokenRequest, type AccessTokens } from '../../ports/access-token.ts'
import { claimsChallenge } from './claims-challenge.ts'
import { saysNothingOfAccess } from './connection/connection-failure.ts'
import { requestSignal } from './request-context.ts'

/**
 * Puts an access token on each request. A token refused with 401 is renewed once, with the claims that the service
 * demands; a second 401 is passed on as the response. (The Graph client's own handler omits the token for plain-http
 * hosts and never renews it.)
 */
export const authentication = (next: Middleware, tokens: AccessTokens): Middleware => ({
  execute: async (context) => {
    const signal = requestSignal(context)
    const send = async (token: string) => {
      const headers = new Headers(context.options?.headers)
      headers.set('Authorization', `Bearer ${token}`)
      context.options = { ...context.options, headers }
      await next.execute(context)
    }
    const token = await abortable(tokens.accessToken({ signal }), signal)
    await send(token)
    if (context.response?.status !== 401) return
    const claims = claimsChallenge(context.response.headers)
    const renewal = { signal, refused: token, ...(claims !== undefined && { claims }) }
    await send(await abortable(renewed(tokens, renewal), signal))
  },
})

/** Another token; the refused one if there is no other, because a single refusal may be a mistake. */
const renewed = async (
  tokens: AccessTokens,
  renewal: AccessTokenRequest & { readonly refused: string },
): Promise<string> => {
  try {
    return await tokens.accessToken(renewal)
  } catch (error) {
    if (error instanceof UnchangedToken) return renewal.refused
    throw error
  }
}

/** Tokens until the access to a service ends. */
export interface EndingTokens extends AccessTokens {
  /** The failure with which it ended; null as long as it has not. */
  readonly ended: ImportFailure | null
}

/**
 * The tokens of one attempt. Once none is available for good, each further request for one fails with the same
 * failure: an authority that has withdrawn the access would be asked again for every part of a batch. An outage or an
 * abort says nothing of the access, so the next request may ask.
 */
export const untilAccessEnds = (tokens: AccessTokens): EndingTokens => {
  // One at a time, so that requests that were refused together learn what the first of them learns.
  const queue = new SerialQueue()
  let ended: ImportFailure | null = null
  return {
    get ended() {
      return ended
    },
    accessToken: (request) =>
      queue.run(async () => {
        const { signal } = request
        if (ended !== null) throw ended
        signal.throwIfAborted()
        try {
          return await abortable(tokens.accessToken(request), signal)
        } catch (error) {
          if (!signal.aborted && endsAccess(error)) ended = error
          throw error
        }
      }),
  }
}

const endsAccess = (error: unknown): error is ImportFailure =>
  isImportFailure(error) && !(error instanceof UnchangedToken) && !saysNothingOfAccess(error)
