import type { Sandbox } from './index.ts'

export interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; an empty object if it is not JSON. */
  readonly body: Record<string, unknown>
  /** `value` of a list. */
  readonly value: readonly Record<string, unknown>[]
  /** `error` of a refusal. */
  readonly error: Record<string, unknown>
  readonly nextLink: string | undefined
  readonly deltaLink: string | undefined
}

export interface GraphVisitor {
  readonly token: string
  /** Sends a request to Graph, by path (`/me/contacts`) or full address. */
  get(address: string, headers?: Readonly<Record<string, string>>): Promise<Seen>
  post(address: string, body: unknown): Promise<Seen>
  /** All items of a list, read by following its links, and the last response. */
  all(
    address: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ items: Seen['value']; last: Seen; pages: number }>
}

/** Plain fetch with a token of one person, for tests of the sandbox's Graph. */
export const graphVisitor = (
  sandbox: Sandbox,
  person = 'user',
  token = sandbox.issueToken(person),
): GraphVisitor => {
  const ask = async (address: string, init: RequestInit): Promise<Seen> => {
    const response = await fetch(address.startsWith('http') ? address : sandbox.graphUrl + address, init)
    const text = await response.text()
    const body = parsed(text)
    return {
      status: response.status,
      headers: response.headers,
      text,
      body,
      value: (body.value ?? []) as Seen['value'],
      error: (body.error ?? {}) as Seen['error'],
      nextLink: body['@odata.nextLink'] as string | undefined,
      deltaLink: body['@odata.deltaLink'] as string | undefined,
    }
  }
  const authorization = `Bearer ${token}`
  const visitor: GraphVisitor = {
    token,
    get: (address, headers = {}) => ask(address, { headers: { authorization, ...headers } }),
    post: (address, body) =>
      ask(address, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    all: async (address, headers) => {
      const items: Record<string, unknown>[] = []
      let last = await visitor.get(address, headers)
      let pages = 1
      for (;;) {
        items.push(...last.value)
        if (last.nextLink === undefined) return { items, last, pages }
        last = await visitor.get(last.nextLink, headers)
        pages += 1
      }
    },
  }
  return visitor
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
