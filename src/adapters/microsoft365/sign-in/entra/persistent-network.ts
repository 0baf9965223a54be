import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { type ImportFailure, isImportFailure } from '../../../../domain/failures.ts'
import { TransientError } from '../../../http/transient-error.ts'
import { failureOfRedeeming, failureOfTokenAnswer } from './errors.ts'
import { outageOf } from './outages.ts'
import { persist, type PersistenceOptions } from './persistence.ts'

/** In ms: how long an outage may last before the user has done anything. */
export const PATIENCE_BEFORE = 3000

export interface PersistentNetwork {
  readonly through: (network: INetworkModule) => INetworkModule
  /** The reason of an error that MSAL threw. Its error knows less of a request that failed than the network does. */
  failureOf(thrown: unknown): ImportFailure
}

/**
 * A network between MSAL and an authority that repeats requests through an outage: for `patience` ms if they redeem a
 * code, because the user would have to sign in again, otherwise for a few seconds.
 *
 * A code is sent again even if the answer to it was lost on the way. If the authority had used it up, it refuses it then
 * (RFC 6749, section 4.1.2), which costs nothing: the user has to sign in again either way.
 */
export const persistentNetwork = ({ patience, ...options }: PersistenceOptions): PersistentNetwork => {
  let failure: ImportFailure | null = null

  const sent = async <T>(most: number, send: () => Promise<NetworkResponse<T>>) => {
    const attempt = async (): Promise<NetworkResponse<T> | TransientError> => {
      try {
        const answer = await send()
        return outageOf({ ...answer, body: Object(answer.body) as object }, Date.now()) ?? answer
      } catch (error) {
        options.signal?.throwIfAborted()
        if (error instanceof TransientError) return error
        throw error
      }
    }
    failure = null
    try {
      return await persist(attempt, { patience: most, ...options })
    } catch (error) {
      if (isImportFailure(error)) failure = error
      throw error
    }
  }

  return {
    through: (network) => ({
      ...network,
      sendGetRequestAsync: <T>(url: string, request?: NetworkRequestOptions, timeout?: number) =>
        sent(PATIENCE_BEFORE, () => network.sendGetRequestAsync<T>(url, request, timeout)),
      sendPostRequestAsync: async <T>(url: string, request?: NetworkRequestOptions) => {
        const redeems = new URLSearchParams(request?.body).has('grant_type')
        const most = redeems ? patience : PATIENCE_BEFORE
        const answer = await sent(most, () => network.sendPostRequestAsync<T>(url, request))
        const body = Object(answer.body) as object
        if ('error' in body) failure = failureOfTokenAnswer(body)
        return answer
      },
    }),
    failureOf: (thrown) => (isImportFailure(thrown) ? thrown : (failure ?? failureOfRedeeming(thrown))),
  }
}
