import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node'
import { outageOf } from '../../../../sign-in/outages.ts'

/** A network that throws the `TransientError` of an outage, whether it got an answer or not. MSAL knows no Retry-After. */
export const throwingOutages = (network: INetworkModule): INetworkModule => {
  const checked = async <T>(send: () => Promise<NetworkResponse<T>>): Promise<NetworkResponse<T>> => {
    const answer = await send()
    const outage = outageOf({ ...answer, body: Object(answer.body) as object }, Date.now())
    if (outage !== null) throw outage
    return answer
  }
  return {
    sendGetRequestAsync: <T>(url: string, request?: NetworkRequestOptions, timeout?: number) =>
      checked(() => network.sendGetRequestAsync<T>(url, request, timeout)),
    sendPostRequestAsync: <T>(url: string, request?: NetworkRequestOptions) =>
      checked(() => network.sendPostRequestAsync<T>(url, request)),
  }
}
