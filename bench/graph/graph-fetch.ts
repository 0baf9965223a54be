/** The address that all clients use for Graph: Microsoft's client accepts no address without TLS. */
export const GRAPH = 'https://graph.microsoft.com'

export interface GraphFetch {
  readonly fetch: typeof fetch
  /** Sent so far. */
  readonly requests: () => number
}

/** The `fetch` of this runtime, with Graph at another origin. All contenders use it. */
export const graphFetch = (origin: string): GraphFetch => {
  let requests = 0
  return {
    fetch: (address, init) => {
      requests++
      if (typeof address !== 'string') throw new TypeError('The address must be a string')
      return fetch(address.startsWith(GRAPH) ? origin + address.slice(GRAPH.length) : address, init)
    },
    requests: () => requests,
  }
}
