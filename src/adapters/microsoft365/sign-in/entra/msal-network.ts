import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { withTimeout } from '../../../../async/with-timeout.ts'

/**
 * How MSAL reaches the authority: with a time limit (ms) for each request, and ended by `signal`; its own
 * network code has neither for token requests.
 *
 * MSAL forgets whatever a network throws, but passes on answers in the form of RFC 6749, 5.2; so a token
 * answer in no form that it knows (a proxy's page, an outage) is put into that one.
 */
export const msalNetwork = (timeLimit: number, signal?: AbortSignal): INetworkModule => {
  const send = (url: string, request: RequestInit) =>
    withTimeout(timeLimit, signal, async (limit) => {
      const response = await fetch(url, { ...request, signal: limit })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await response.text(),
      }
    })
  // MSAL takes the shape of an answer on trust; what is missing in it is MSAL's to find.
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
