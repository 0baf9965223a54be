import type { INetworkModule, NetworkRequestOptions } from '@azure/msal-node'
import { outageOf } from '../entra/outages.ts'

export interface WatchedOutages {
  readonly through: (network: INetworkModule) => INetworkModule
  /** How long the authority asked to wait in an answer since `forget`, in ms; null if it did not. MSAL does not say. */
  readonly retryAfter: number | null
  forget(): void
}

/** Remembers what an authority in an outage asked for. */
export const watchedOutages = (): WatchedOutages => {
  let retryAfter: number | null = null
  return {
    through: (network) => ({
      ...network,
      sendPostRequestAsync: async <T>(url: string, options?: NetworkRequestOptions) => {
        const answer = await network.sendPostRequestAsync<T>(url, options)
        retryAfter =
          outageOf({ ...answer, body: Object(answer.body) as object }, Date.now())?.retryAfter ?? null
        return answer
      },
    }),
    get retryAfter() {
      return retryAfter
    },
    forget: () => (retryAfter = null),
  }
}
