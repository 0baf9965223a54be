import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import type { Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import { type AdminConsentParts, handleAdminConsent } from './admin-consent.ts'
import { createAuthority, INTERACTION_PATH } from './provider/authority.ts'
import { Consents } from './consents.ts'
import { Interactions } from './interactions.ts'
import { rewriteRequest, type RewrittenRequest } from './rewrite-request.ts'
import { Storage } from './provider/storage.ts'
import { openerHeaders } from '../pages/page.ts'
import { dressTokenEndpoint } from './tokens/token-endpoint.ts'

/** The content of an access token. */
export interface TokenHolder {
  readonly person: Person
  readonly scopes: ReadonlySet<string>
  readonly expired: boolean
}

const secrets = ['AccessToken', 'RefreshToken', 'AuthorizationCode', 'DeviceCode']

/** The part of the sandbox that plays Entra: sign-in pages, consent, tokens and revocation. */
export class Entra {
  readonly #provider: Provider
  readonly #parts: AdminConsentParts
  readonly #storage: Storage
  readonly #revoked: Set<string>
  readonly #interactions: Interactions
  readonly #rewritten: WeakMap<IncomingMessage, RewrittenRequest>
  readonly #callback: (request: IncomingMessage, response: ServerResponse) => Promise<void>

  static async start(origin: string, people: readonly Person[], settings: Settings): Promise<Entra> {
    const consents = new Consents()
    const storage = new Storage()
    const provider = await createAuthority({ origin, people, settings, consents, storage })
    return new Entra(provider, people, settings, consents, storage)
  }

  private constructor(
    provider: Provider,
    people: readonly Person[],
    settings: Settings,
    consents: Consents,
    storage: Storage,
  ) {
    this.#provider = provider
    this.#parts = { people, settings, consents }
    this.#storage = storage
    this.#revoked = new Set()
    this.#rewritten = new WeakMap()
    this.#interactions = new Interactions({ provider, issuer: provider.issuer, people, settings, consents })
    const revoked = this.#revoked
    dressTokenEndpoint(provider, { people, settings, consents, revoked, rewritten: this.#rewritten })
    this.#callback = provider.callback()
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/'
    const isInteraction = path.startsWith(INTERACTION_PATH)
    const isAdminConsent = /^\/[^/]+\/(v2\.0\/)?adminconsent(\?|$)/.test(path)
    if (isInteraction || isAdminConsent) {
      response.setHeaders(new Map(Object.entries(openerHeaders(this.#parts.settings))))
      return isInteraction
        ? this.#interactions.handle(request, response)
        : handleAdminConsent(request, response, this.#parts)
    }
    const rewritten = await rewriteRequest(request)
    this.#rewritten.set(rewritten.request, rewritten)
    return this.#callback(rewritten.request, response)
  }

  /** The holder of a token; null if it was not issued here. */
  async holder(token: string): Promise<TokenHolder | null> {
    const found = await this.#provider.AccessToken.find(token, { ignoreExpiration: true })
    const person = this.#parts.people.find(({ objectId }) => objectId === found?.accountId)
    if (found === undefined || person === undefined) return null
    return { person, scopes: new Set((found.scope ?? '').split(' ')), expired: found.isExpired }
  }

  /** Every token and code ever issued, for tests that search for leftovers. */
  issued(): readonly string[] {
    return secrets.flatMap((name) => [...this.#storage.model(name).keys()])
  }

  /** As if the user or an administrator had removed the app: the next refresh fails with 65001. */
  revokeConsent(person: Person): void {
    this.#parts.consents.revoke(person)
  }

  /** As if the password had been changed: the next refresh fails with 50173, and the browser has to sign in again. */
  revokeSessions(person: Person): void {
    for (const [id, { accountId }] of this.#storage.model('RefreshToken'))
      if (accountId === person.objectId) this.#revoked.add(id)
    const sessions = this.#storage.model('Session')
    for (const [id, { accountId }] of sessions) if (accountId === person.objectId) sessions.delete(id)
  }
}
