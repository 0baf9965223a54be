import type { Middleware } from '@microsoft/microsoft-graph-client'
import { abortable } from '../../async/abortable.ts'
import { UnchangedToken, type AccessTokenRequest, type AccessTokens } from '../../ports/access-token.ts'
import { claimsChallenge } from './claims-challenge.ts'
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
