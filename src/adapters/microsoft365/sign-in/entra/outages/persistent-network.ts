import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { type ImportFailure, isImportFailure } from '../../../../../domain/failures.ts'
import { TransientError } from '../../../../http/retry/transient-error.ts'
import { failureOfRedeeming, failureOfTokenAnswer } from '../../../../sign-in/errors.ts'
import { throwingOutages } from './throwing-outages.ts'
import { PATIENCE_BEFORE_CONSENT, persist, type PersistenceOptions } from '../../../../sign-in/persistence.ts'

export interface PersistentNetwork {
  readonly through: (network: INetworkModule) => INetworkModule
  /** The reason of an error that MSAL threw. Its own error says less about a refusal than the answer did. */
  failureOf(thrown: unknown): ImportFailure
}

/**
 * A network between MSAL and an authority that repeats requests through an outage: for `patience` ms if they redeem a
 * code, because the user would have to sign in again, otherwise for a few seconds.
 *
 * A code is sent again even if the answer to it was lost on the way. If the authority has already used the code, it
 * refuses it (RFC 6749, section 4.1.2). That does no harm, because the user has to sign in again either way.
 */
export const persistentNetwork = ({ patience, ...options }: PersistenceOptions): PersistentNetwork => {
  let refusal: ImportFailure | null = null

  const sent = <T>(most: number, send: () => Promise<NetworkResponse<T>>): Promise<NetworkResponse<T>> => {
    refusal = null
    const attempt = () =>
      send().catch((error: unknown) => {
        options.signal?.throwIfAborted()
        if (error instanceof TransientError) return error
        throw error
      })
    return persist(attempt, { patience: most, ...options })
  }

  return {
    through: (network) => {
      const checked = throwingOutages(network)
      return {
        sendGetRequestAsync: <T>(url: string, request?: NetworkRequestOptions, timeout?: number) =>
          sent(PATIENCE_BEFORE_CONSENT, () => checked.sendGetRequestAsync<T>(url, request, timeout)),
        sendPostRequestAsync: async <T>(url: string, request?: NetworkRequestOptions) => {
          const redeems = new URLSearchParams(request?.body).has('grant_type')
          const most = redeems ? patience : PATIENCE_BEFORE_CONSENT
          const answer = await sent(most, () => checked.sendPostRequestAsync<T>(url, request))
          const body = Object(answer.body) as object
          if ('error' in body) refusal = failureOfTokenAnswer(body)
          return answer
        },
      }
    },
    failureOf: (thrown) => (isImportFailure(thrown) ? thrown : (refusal ?? failureOfRedeeming(thrown))),
  }
}
