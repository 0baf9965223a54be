/** One request that reached the sandbox; never with a body or a token. */
export interface LoggedRequest {
  readonly method: string
  /** Path and query, as they came. */
  readonly path: string
  /** Null until answered; stays null where the connection was cut. */
  status: number | null
  /** Graph requests under way when this one came, itself included. */
  readonly inFlight: number
  /** The part of a batch rather than a request of its own. */
  readonly batched: boolean
}

/** What tests look at to see how the sandbox was used. */
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
