import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { withTimeout } from '../../../../async/with-timeout.ts'
import { isImportFailure } from '../../../../domain/failures.ts'
import { defaultLimits } from '../../../http/limits.ts'
import { readBody } from '../../../http/read-body.ts'

/**
 * The network that MSAL uses: with a time limit (ms) for each request, and aborted by `signal`. MSAL's own network has
 * neither for token requests.
 *
 * MSAL drops errors that a network throws, but passes on error responses in the form of RFC 6749, section 5.2. So a
 * token response in any form that MSAL does not know (a proxy's page, an outage, a body that is too large) is turned
 * into such an error.
 */
export const msalNetwork = (timeLimit: number, signal?: AbortSignal): INetworkModule => {
  const send = (url: string, request: RequestInit) =>
    withTimeout(timeLimit, signal, async (limit) => {
      // A redirect (307) would carry the code, its verifier or a refresh token to another address.
      const response = await fetch(url, { ...request, signal: limit, redirect: 'manual' })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await bodyOf(response),
      }
    })
  // MSAL does not check the type of a response either; it looks for the members that it needs.
  const answer = <T>(body: object, rest: Omit<NetworkResponse<unknown>, 'body'>) =>
    ({ ...rest, body }) as NetworkResponse<T>
  return {
    sendGetRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
      const { body, ...rest } = await send(url, { headers: options?.headers ?? {} })
      return answer<T>(parse(body) ?? {}, rest)
    },
    sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
      const headers = options?.headers ?? {}
      const { body, ...rest } = await send(url, { method: 'POST', headers, body: options?.body ?? '' })
      return answer<T>(tokenAnswer(parse(body), rest.status), rest)
    },
  }
}

/** The text of a body; none if it is too large. */
const bodyOf = async (response: Response): Promise<string> => {
  try {
    return await readBody(response, defaultLimits.body)
  } catch (error) {
    if (isImportFailure(error)) return ''
    throw error
  }
}

const tokenAnswer = (body: object | null, status: number): object => {
  if (body !== null && ['error', 'access_token', 'device_code'].some((name) => name in body)) return body
  return { error: status >= 500 || status === 429 ? 'temporarily_unavailable' : 'no_token_answer' }
}

const parse = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
