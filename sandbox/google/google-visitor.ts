import { createHash, randomBytes } from 'node:crypto'
import { robotWalk, type RobotOptions, type Sandbox } from '../index.ts'

export interface GoogleSeen {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; an empty object if it is not JSON. */
  readonly body: Readonly<Record<string, unknown>>
}

const seen = async (response: Response): Promise<GoogleSeen> => {
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, body: parsed(text) }
}

const parsed = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}

type Fields = Readonly<Record<string, string>>

/** Plays an app that signs in with Google, over plain HTTP. Keeps the cookies of its browser. */
export const googleApp = (
  { google }: Sandbox,
  redirectUri = 'http://127.0.0.1:53682/back',
  kind: 'desktop' | 'web' = 'desktop',
) => {
  const cookies = new Map<string, string>()
  const verifier = randomBytes(32).toString('base64url')
  const [clientId, clientSecret] =
    kind === 'web' ? [google.webClientId, google.webClientSecret] : [google.clientId, google.clientSecret]

  const authorizeUrl = (more: Fields = {}): string =>
    `${google.issuer}/o/oauth2/v2/auth?${new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: 'openid email profile https://www.googleapis.com/auth/contacts.readonly',
      state: 'the-state',
      nonce: 'the-nonce',
      access_type: 'offline',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    }).toString()}`

  /** Sends a form to an endpoint. `origin` null: as a program does. */
  const post = async (path: string, fields: Fields, origin: string | null = null): Promise<GoogleSeen> =>
    seen(
      await fetch(google.issuer + path, {
        method: 'POST',
        headers: origin === null ? {} : { origin },
        body: new URLSearchParams(fields),
      }),
    )

  const app = {
    clientId,
    clientSecret,
    authorizeUrl,
    post,
    /** Goes through the sign-in, and returns what comes back in the query, the fragment or the form. */
    walk: async (more: Fields = {}, options: Partial<RobotOptions> = {}): Promise<URLSearchParams> => {
      let answer = new URLSearchParams()
      await robotWalk(authorizeUrl(more), {
        decision: 'accept',
        cookies,
        ...options,
        fetch: async (address, init) => {
          const { origin, pathname, search, hash } = new URL(
            address instanceof Request ? address.url : address,
          )
          if (origin + pathname !== new URL(redirectUri).href) return fetch(address, init)
          answer = new URLSearchParams(
            init?.body instanceof URLSearchParams ? init.body : (search || hash).slice(1),
          )
          return new Response('The app has it')
        },
      })
      return answer
    },
    redeem: (code: string | null, more: Fields = {}, origin?: string | null): Promise<GoogleSeen> =>
      post(
        '/token',
        {
          grant_type: 'authorization_code',
          code: code ?? '',
          redirect_uri: redirectUri,
          client_id: clientId,
          client_secret: clientSecret,
          code_verifier: verifier,
          ...more,
        },
        origin,
      ),
    refresh: (token: unknown, more: Fields = {}): Promise<GoogleSeen> =>
      post('/token', {
        grant_type: 'refresh_token',
        refresh_token: String(token),
        client_id: clientId,
        client_secret: clientSecret,
        ...more,
      }),
    /** Signs in and redeems the code. */
    signIn: async (more: Fields = {}, options: Partial<RobotOptions> = {}): Promise<GoogleSeen> =>
      app.redeem((await app.walk(more, options)).get('code')),
  }
  return app
}

/** A person of the API, as far as tests look at it. */
export interface SeenPerson {
  readonly resourceName: string
  readonly etag: string
  readonly metadata?: {
    readonly sources: readonly { readonly type: string; readonly id: string }[]
    readonly previousResourceNames?: readonly string[]
    readonly deleted?: boolean
  }
  readonly names?: readonly { readonly displayName?: string }[]
}

/** The parameters that the tests begin with. */
export const FULL = 'personFields=names,metadata&pageSize=10&requestSyncToken=true'

/** Asks the People API for connections, with a token of one person. */
export const peopleVisitor = ({ google }: Sandbox, person = 'user', token = google.issueToken(person)) => {
  const visitor = {
    token,
    list: async (query: string, headers: Fields = {}): Promise<GoogleSeen> =>
      seen(
        await fetch(`${google.peopleUrl}/v1/people/me/connections?${query}`, {
          headers: { authorization: `Bearer ${token}`, ...headers },
        }),
      ),
    /** All people of a list, and the last page. */
    all: async (query: string): Promise<{ people: SeenPerson[]; pages: GoogleSeen[]; last: GoogleSeen }> => {
      let last = await visitor.list(query)
      const pages = [last]
      while (typeof last.body.nextPageToken === 'string') {
        last = await visitor.list(`${query}&pageToken=${last.body.nextPageToken}`)
        pages.push(last)
      }
      return { people: pages.flatMap(connectionsOf), pages, last }
    },
    /** What changed since a token, which is that of `FULL`. */
    sync: (syncToken: unknown) => visitor.all(`${FULL}&syncToken=${String(syncToken)}`),
  }
  return visitor
}

export const connectionsOf = ({ body }: GoogleSeen): SeenPerson[] => (body.connections ?? []) as SeenPerson[]
