import { createHash, randomBytes } from 'node:crypto'
import { robotWalk, type RobotOptions, type Sandbox } from './index.ts'

export interface TokenAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/**
 * Plays a single-page application over HTTP, or a program if `clientId` is one: for tests of what Entra tells each.
 * Keeps the cookies of its browser.
 */
export const pageVisitor = (sandbox: Sandbox, redirectUri: string, clientId = sandbox.spaClientId) => {
  const cookies = new Map<string, string>()
  const verifier = randomBytes(32).toString('base64url')
  const authorizeUrl = (more: Readonly<Record<string, string>> = {}): string =>
    `${sandbox.authority}/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      response_mode: 'fragment',
      redirect_uri: redirectUri,
      scope: 'openid offline_access https://graph.microsoft.com/Contacts.Read',
      state: 'the-state',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    }).toString()}`

  /** Sends a request to the token endpoint. `origin` null: as a program does. */
  const token = async (
    fields: Readonly<Record<string, string>>,
    origin: string | null = new URL(redirectUri).origin,
  ): Promise<TokenAnswer> => {
    const response = await fetch(`${sandbox.authority}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: origin === null ? {} : { origin },
      body: new URLSearchParams({ client_id: clientId, ...fields }),
    })
    const body = (await response.json()) as TokenAnswer['body']
    return { status: response.status, headers: response.headers, body }
  }

  return {
    authorizeUrl,
    token,
    /** Goes through the sign-in, and returns what comes back in the fragment of the page's address. */
    walk: async (
      decision: RobotOptions['decision'] = 'accept',
      more: Readonly<Record<string, string>> = {},
      onPage?: RobotOptions['onPage'],
    ): Promise<URLSearchParams> => {
      let fragment = ''
      await robotWalk(authorizeUrl(more), {
        decision,
        cookies,
        ...(onPage === undefined ? {} : { onPage }),
        fetch: async (address, init) => {
          const asked = address instanceof Request ? address.url : address.toString()
          const { origin, pathname, hash } = new URL(asked)
          if (new URL(redirectUri).href !== origin + pathname) return fetch(address, init)
          fragment = hash.slice(1)
          return new Response('The app has it')
        },
      })
      return new URLSearchParams(fragment)
    },
    redeem: (
      code: string | null,
      more: Readonly<Record<string, string>> = {},
      origin?: string | null,
    ): Promise<TokenAnswer> =>
      token(
        {
          grant_type: 'authorization_code',
          code: code ?? '',
          redirect_uri: redirectUri,
          code_verifier: verifier,
          ...more,
        },
        origin,
      ),
    refresh: ({ body }: TokenAnswer, origin?: string | null): Promise<TokenAnswer> =>
      token({ grant_type: 'refresh_token', refresh_token: String(body.refresh_token) }, origin),
  }
}
