import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { withTimeout } from '../../../../async/with-timeout.ts'
import { ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { isClockWrong } from '../../../http/connection/clock-skew.ts'
import { connectionFailure, failureOfNetwork } from '../../../http/connection/connection-failure.ts'
import { defaultLimits } from '../../../http/limits.ts'
import { readBody } from '../../../http/read-body.ts'
import { TransientError } from '../../../http/transient-error.ts'
import { isTransientStatus } from '../../../http/retry.ts'
import { failureOfTokenAnswer } from './errors.ts'

/** Entra's numbers for a credential that is not valid at this time. */
const aboutTime: ReadonlySet<string | undefined> = new Set(['AADSTS50013', 'AADSTS500133', 'AADSTS700024'])

/**
 * The network that MSAL uses: with a time limit (ms) for each request, and aborted by `signal`. MSAL's own network has
 * neither for token requests.
 *
 * MSAL drops errors that a network throws, but passes on error responses in the form of RFC 6749, section 5.2. So a
 * token response in any form that MSAL does not know (a proxy's page, an outage, a body that is too large) is turned
 * into such an error.
 *
 * Its requests throw a `TransientError` if another try may help, an `ImportFailure` if not, and the signal's reason.
 */
export const msalNetwork = (
  timeLimit: number,
  {
    signal,
    fetch: sendRequest = fetch,
  }: { readonly signal?: AbortSignal; readonly fetch?: typeof fetch } = {},
): INetworkModule => {
  const exchange = (url: string, request: RequestInit) =>
    withTimeout(timeLimit, signal, async (limit) => {
      // A redirect (307) would carry the code, its verifier or a refresh token to another address.
      const response = await sendRequest(url, { ...request, signal: limit, redirect: 'manual' })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await bodyOf(response),
      }
    })

  const send = async (url: string, request: RequestInit) => {
    try {
      const response = await exchange(url, request)
      const inBetween = failureOfNetwork(response)
      if (inBetween !== null) throw inBetween
      return response
    } catch (error) {
      signal?.throwIfAborted()
      const reason = isTimeout(error) ? tooSlow(error) : connectionFailure(error, url)
      if (!(reason instanceof TransientError) || !reason.fewTries) throw reason
      // A sign-in does not retry a connection that is not secure: it would poll for a code until the code expires.
      throw new ImportFailure(reason.code, reason.details, error)
    }
  }
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
      const parsed = tokenAnswer(parse(body), rest.status)
      const { details } = failureOfTokenAnswer(parsed)
      if (aboutTime.has(details.serviceCode) && isClockWrong(new Headers(rest.headers), Date.now()))
        throw new ImportFailure('clock-wrong', details)
      return answer<T>(parsed, rest)
    },
  }
}

const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === 'TimeoutError'

const tooSlow = (cause: unknown): TransientError =>
  new TransientError('service-unavailable', 'service-unavailable', { cause })

/** The text of a body; none if it is too large. */
const bodyOf = async (response: Response): Promise<string> => {
  try {
    return await readBody(response, defaultLimits)
  } catch (error) {
    if (isImportFailure(error)) return ''
    throw error
  }
}

const tokenAnswer = (body: object | null, status: number): object => {
  if (body !== null && ['error', 'access_token', 'device_code'].some((name) => name in body)) return body
  return { error: isTransientStatus(status) ? 'temporarily_unavailable' : 'no_token_answer' }
}

const parse = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}
