import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'

/**
 * How MSAL reaches the authority: with a time limit (ms) for each request, and ended by `signal`; its own
 * network code has neither for token requests.
 *
 * MSAL forgets whatever a network throws, but passes on answers in the form of RFC 6749, 5.2; so an answer
 * that is no JSON (a proxy's page, an outage) is put into that form.
 */
export const signInNetwork = (timeLimit: number, signal?: AbortSignal): INetworkModule => {
  const send = async <T>(method: string, url: string, options?: NetworkRequestOptions) => {
    const limit = AbortSignal.timeout(timeLimit)
    const response = await fetch(url, {
      method,
      headers: options?.headers ?? {},
      body: method === 'POST' ? (options?.body ?? '') : null,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    })
    const body = parse(await response.text()) ?? {
      error: response.status >= 500 || response.status === 429 ? 'temporarily_unavailable' : 'not_json',
    }
    // MSAL takes the shape of an answer on trust; what is missing in it is MSAL's to find.
    const answer: NetworkResponse<unknown> = {
      headers: Object.fromEntries(response.headers),
      body,
      status: response.status,
    }
    return answer as NetworkResponse<T>
  }
  return {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  }
}

const parse = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
