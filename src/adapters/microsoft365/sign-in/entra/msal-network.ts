import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { ImportFailure } from '../../../../domain/failures.ts'
import { isClockWrong } from '../../../http/connection/clock-skew.ts'
import { exchange, objectIn, tokenAnswerIn } from '../../../sign-in/authority/authority-exchange.ts'
import { failureOfTokenAnswer } from '../../../sign-in/errors.ts'

/** Entra's numbers for a credential that is not valid at this time. */
const aboutTime: ReadonlySet<string | undefined> = new Set(['AADSTS50013', 'AADSTS500133', 'AADSTS700024'])

/**
 * The network that MSAL uses: with a time limit (ms) for each request, and aborted by `signal`. MSAL's own network has
 * neither for token requests. Its requests throw as `exchange` does; MSAL drops errors that a network throws, but passes on
 * refusals that `tokenAnswerIn` makes.
 */
export const msalNetwork = (
  timeLimit: number,
  options: { readonly signal?: AbortSignal; readonly fetch?: typeof fetch } = {},
): INetworkModule => {
  const send = (url: string, request: RequestInit) => exchange(url, request, { timeLimit, ...options })
  // MSAL does not check the type of a response either; it looks for the members that it needs.
  const answer = <T>(body: object, rest: Omit<NetworkResponse<unknown>, 'body'>) =>
    ({ ...rest, body }) as NetworkResponse<T>
  return {
    sendGetRequestAsync: async <T>(url: string, request?: NetworkRequestOptions) => {
      const { body, ...rest } = await send(url, { headers: request?.headers ?? {} })
      return answer<T>(objectIn(body) ?? {}, rest)
    },
    sendPostRequestAsync: async <T>(url: string, request?: NetworkRequestOptions) => {
      const headers = request?.headers ?? {}
      const { body, ...rest } = await send(url, { method: 'POST', headers, body: request?.body ?? '' })
      const parsed = tokenAnswerIn({ body, ...rest })
      const { details } = failureOfTokenAnswer(parsed)
      if (aboutTime.has(details.serviceCode) && isClockWrong(new Headers(rest.headers), Date.now()))
        throw new ImportFailure('clock-wrong', details)
      return answer<T>(parsed, rest)
    },
  }
}
