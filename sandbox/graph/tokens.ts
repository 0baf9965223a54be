import { createHmac, randomBytes } from 'node:crypto'
import type { TokenHolder } from '../entra/entra.ts'
import type { Person } from '../people.ts'
import { graphErrors } from './graph-error.ts'

export interface IssueOptions {
  /** Short names. Default: only `Contacts.Read`. */
  readonly scopes?: readonly string[]
  /** Seconds. Default: an hour. 0 or less: an expired token. */
  readonly expiresIn?: number
}

interface Issued {
  readonly person: Person
  readonly scopes: ReadonlySet<string>
  readonly expires: number
}

/** The access tokens that Graph accepts, from the sign-in pages or issued for token files. */
export class Tokens {
  readonly #issued = new Map<string, Issued>()
  readonly #refused = new Set<string>()
  readonly #holder: (token: string) => Promise<TokenHolder | null>

  constructor(holder: (token: string) => Promise<TokenHolder | null>) {
    this.#holder = holder
  }

  /** Issues a token without a sign-in: like Entra, a JWT for work accounts and an opaque one for personal accounts. */
  issue(person: Person, { scopes = ['Contacts.Read'], expiresIn = 3600 }: IssueOptions = {}): string {
    const expires = Math.floor(Date.now() / 1000) + expiresIn
    const token = person.personal
      ? `EwB${randomBytes(90).toString('base64url')}`
      : jwt(person, scopes, expires)
    this.#issued.set(token, { person, scopes: new Set(scopes), expires })
    return token
  }

  /** Refuses this token with 401 from now on. */
  refuse(token: string): void {
    this.#refused.add(token)
  }

  /** The holder of the request's token. Throws Graph's 401. */
  async check(authorization: string | undefined): Promise<TokenHolder> {
    const token = tokenOf(authorization)
    if (token === '') throw graphErrors.tokenEmpty()
    if (this.#refused.has(token)) throw graphErrors.tokenExpired()
    const issued = this.#issued.get(token)
    const holder =
      issued === undefined
        ? await this.#holder(token)
        : { person: issued.person, scopes: issued.scopes, expired: issued.expires <= Date.now() / 1000 }
    if (holder === null) throw graphErrors.tokenMalformed()
    if (holder.expired) throw graphErrors.tokenExpired()
    return holder
  }
}

export const tokenOf = (authorization: string | undefined): string =>
  /^Bearer +(.*)$/i.exec(authorization ?? '')?.[1] ?? ''

const jwt = (person: Person, scopes: readonly string[], expires: number): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    aud: 'https://graph.microsoft.com',
    iat: Math.floor(Date.now() / 1000),
    exp: expires,
    oid: person.objectId,
    tid: person.tenantId,
    upn: person.username,
    name: person.name,
    scp: scopes.join(' '),
    jti: randomBytes(12).toString('base64url'),
  }
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', 'sandbox').update(signed).digest('base64url')}`
}
