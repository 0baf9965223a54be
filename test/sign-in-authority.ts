import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface TokenAnswer {
  readonly status?: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** In ms. */
  readonly delay?: number
  /** Breaks the connection instead of answering. */
  readonly breaks?: boolean
}

export interface StubAuthority {
  readonly address: string
  /** Added to the metadata, or in place of its members. */
  readonly metadata: Record<string, unknown>
  /** The answers to the next requests of any kind, one each. */
  readonly outages: TokenAnswer[]
  /** The token requests that came, in order. */
  readonly requests: URLSearchParams[]
  /** The answer of the token endpoint. `grant` makes a successful one. */
  answer: (request: URLSearchParams) => TokenAnswer
  /** An OAuth token answer; `nonce` is that of the newest address given to `visit`. */
  grant(values?: Record<string, unknown>, claims?: Record<string, unknown>): TokenAnswer
  /**
   * The person comes back from the page at `address`, or at the address that this link leads to: posts the answer as the
   * page would. A link that leads nowhere shows its own page.
   */
  visit(address: string, answer?: Record<string, string>): Promise<{ status: number; page: string }>
  close(): Promise<void>
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/**
 * A minimal authority at which MSAL can sign in: it has no pages and accepts every code. For answers that are hard to
 * get from a whole tenant.
 */
export const startAuthority = async (): Promise<StubAuthority> => {
  let nonce = ''
  let issued = 0
  const server = createServer((request, response) => {
    const send = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
      response
        .writeHead(status, { 'content-type': 'application/json', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body))
    const outage = authority.outages.shift()
    if (outage?.breaks) request.socket.resetAndDestroy()
    else if (outage !== undefined) send(outage.status ?? 503, outage.body ?? '', outage.headers)
    else if (request.url === '/common/v2.0/.well-known/openid-configuration')
      send(200, {
        issuer: `${origin}/common/v2.0`,
        authorization_endpoint: `${origin}/common/oauth2/v2.0/authorize`,
        token_endpoint: `${origin}/common/oauth2/v2.0/token`,
        jwks_uri: `${origin}/common/discovery/v2.0/keys`,
        ...authority.metadata,
      })
    else
      void text(request).then((body) => {
        const asked = new URLSearchParams(body)
        authority.requests.push(asked)
        const {
          status = 200,
          body: answer = {},
          headers,
          delay = 0,
          breaks = false,
        } = authority.answer(asked)
        if (breaks) request.socket.resetAndDestroy()
        else setTimeout(() => send(status, answer, headers), delay)
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`
  const authority: StubAuthority = {
    address: `${origin}/common`,
    metadata: {},
    outages: [],
    requests: [],
    answer: () => authority.grant(),
    grant: (values = {}, claims = {}) => {
      issued++
      const person = { tid: 'tenant-1', oid: 'object-1', preferred_username: 'ada@example.org', name: 'Ada' }
      return {
        body: {
          token_type: 'Bearer',
          scope: 'openid profile offline_access Contacts.Read',
          expires_in: 3600,
          access_token: `access-${issued}`,
          refresh_token: `refresh-${issued}`,
          id_token: `${encode({ alg: 'none' })}.${encode({ sub: 's', nonce, ...person, ...claims })}.`,
          client_info: encode({ uid: 'object-1', utid: 'tenant-1' }),
          ...values,
        },
      }
    },
    visit: async (address, answer = { code: 'code-1' }) => {
      const followed = address.includes('?') ? null : await fetch(address, { redirect: 'manual' })
      const page = followed === null ? address : followed.headers.get('location')
      if (page === null) return { status: followed?.status ?? 0, page: (await followed?.text()) ?? '' }
      const asked = new URL(page).searchParams
      nonce = asked.get('nonce') ?? ''
      const response = await fetch(asked.get('redirect_uri') ?? '', {
        method: 'POST',
        body: new URLSearchParams({ state: asked.get('state') ?? '', ...answer }),
      })
      return { status: response.status, page: await response.text() }
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return authority
}
