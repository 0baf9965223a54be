import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { ImportFailure } from '../../../../domain/failures.ts'
import { isAccessToken } from '../../../sign-in/access-token.ts'
import { serviceAddress } from '../../../sign-in/authority/service-address.ts'

/**
 * Checks what MSAL and an authority send to each other. Throws `app-misconfigured` instead of sending codes or tokens
 * to an address over plain http, unless it is on this machine, whatever the metadata says. Converts the members of
 * answers to the types that MSAL expects, because MSAL fails on other types or passes them on. A token with
 * characters that a header must not contain counts as missing: the error of a malformed header would contain the
 * token.
 *
 * @param onMetadata called with each discovery document
 */
export const checkedNetwork = (
  network: INetworkModule,
  onMetadata: (metadata: object) => void = () => undefined,
): INetworkModule => ({
  ...network,
  sendGetRequestAsync: async <T>(url: string, options?: NetworkRequestOptions, timeout?: number) => {
    const answer = await network.sendGetRequestAsync<T>(url, options, timeout)
    const body: unknown = answer.body
    if (typeof body === 'object' && body !== null && 'authorization_endpoint' in body) {
      requireEndpoints(body)
      onMetadata(body)
    }
    return answer
  },
  sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
    if (serviceAddress(url) === null) throw new ImportFailure('app-misconfigured')
    const { body, ...rest } = await network.sendPostRequestAsync<object>(url, options)
    return { ...rest, body: typed(body) } as NetworkResponse<T>
  },
})

/** Throws `app-misconfigured` if metadata names no endpoints that may be used. */
export const requireEndpoints = (metadata: object): void => {
  for (const name of ['authorization_endpoint', 'token_endpoint'])
    if (serviceAddress(Reflect.get(metadata, name)) === null) throw new ImportFailure('app-misconfigured')
}

const typed = (body: object): object => {
  if ('error' in body) return typedRefusal(body)
  if ('access_token' in body && !isAccessToken(body.access_token)) return { error: 'no_token_answer' }
  return Object.fromEntries(
    Object.entries(body).filter(([name, value]) => !texts.has(name) || typeof value === 'string'),
  )
}

const texts: ReadonlySet<string> = new Set([
  'client_info',
  'id_token',
  'refresh_token',
  'scope',
  'token_type',
])

const typedRefusal = ({
  error,
  error_codes,
  ...rest
}: {
  error: unknown
  error_codes?: unknown
}): object => ({
  ...Object.fromEntries(Object.entries(rest).filter(([, value]) => typeof value === 'string')),
  error: typeof error === 'string' ? error : 'unknown_error',
  error_codes: [error_codes].flat().filter((code) => typeof code === 'number' || typeof code === 'string'),
})
