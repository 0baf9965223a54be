/** Where every client believes Graph to be: Microsoft's own one takes no address without TLS. */
export const GRAPH = 'https://graph.microsoft.com'

export interface GraphFetch {
  readonly fetch: typeof fetch
  /** Sent so far. */
  readonly requests: () => number
}

/** The `fetch` of this runtime, with Graph at another origin. The same for all who are compared. */
export const graphFetch = (origin: string): GraphFetch => {
  let requests = 0
  return {
    fetch: (address, init) => {
      requests++
      if (typeof address !== 'string') throw new TypeError('All clients here ask by address')
      return fetch(address.startsWith(GRAPH) ? origin + address.slice(GRAPH.length) : address, init)
    },
    requests: () => requests,
  }
}
