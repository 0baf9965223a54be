/** A request that reached the sandbox, without body and token. */
export interface LoggedRequest {
  readonly method: string
  /** Path and query, unchanged. */
  readonly path: string
  /** Null until the response; stays null if the connection broke. */
  status: number | null
  /** Graph requests in flight when this one arrived, including itself. Preflights do not count. */
  readonly inFlight: number
  /** The part of a batch rather than a request of its own. */
  readonly batched: boolean
}

/** Lets tests check how the sandbox was used. */
export class RequestLog {
  #entries: LoggedRequest[] = []

  get entries(): readonly LoggedRequest[] {
    return this.#entries
  }

  add(method: string, path: string, inFlight: number, batched = false): LoggedRequest {
    const entry: LoggedRequest = { method, path, status: null, inFlight, batched }
    this.#entries.push(entry)
    return entry
  }

  /** Requests whose "METHOD /path?query" contains the text. */
  matching(text: string): readonly LoggedRequest[] {
    return this.#entries.filter(({ method, path }) => `${method} ${path}`.includes(text))
  }

  clear(): void {
    this.#entries = []
  }
}
