import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerIssuer } from '../../entra/answer-issuer.ts'
import { formPostPage } from '../../pages/form-post-page.ts'
import {
  googleBlockedPage,
  googleChooseAccountPage,
  googlePermissionsPage,
} from '../../pages/google-pages.ts'
import { openerHeaders, type Page, renderPage } from '../../pages/page.ts'
import { hasUsername, type Person } from '../../people.ts'
import { readText } from '../../read-text.ts'
import type { Settings } from '../../settings.ts'
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts'
import type { Grant, Grants } from './grants.ts'
import { CONTACTS_SCOPE, scopesInRedirect } from './scopes.ts'

export interface AuthorizeParts {
  readonly issuer: string
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly grants: Grants
}

const COOKIE = 'google_session'

/** The pages of a sign-in with Google: choose an account, allow what the app asks for. */
export class Authorize {
  readonly #parts: AuthorizeParts
  /** Who is signed in, by the value of the cookie. */
  readonly #sessions = new Map<string, Person>()

  constructor(parts: AuthorizeParts) {
    this.#parts = parts
  }

  async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const { searchParams } = new URL(incoming.url ?? '/', this.#parts.issuer)
    const request = readAuthorizeRequest(searchParams, this.#parts.settings)
    if ('error' in request) {
      this.#show(response, googleBlockedPage(request.error, request.text), request.status)
      return
    }
    const signedIn = this.#signedIn(incoming)
    if (incoming.method === 'POST')
      this.#submitted(response, request, new URLSearchParams(await readText(incoming)), signedIn)
    else this.#opened(response, request, signedIn)
  }

  #opened(response: ServerResponse, request: AuthorizeRequest, signedIn: Person | null): void {
    const { prompt, hint } = request
    const isMeant = hint === null || (signedIn !== null && hasUsername(signedIn, hint))
    if (signedIn !== null && isMeant && !prompt.has('select_account'))
      this.#chosen(response, request, signedIn)
    else if (prompt.has('none')) this.#answer(response, request, { error: 'interaction_required' })
    else this.#show(response, googleChooseAccountPage(this.#parts.people, hint === null ? {} : { hint }))
  }

  #submitted(
    response: ServerResponse,
    request: AuthorizeRequest,
    form: URLSearchParams,
    signedIn: Person | null,
  ): void {
    const { people } = this.#parts
    const decision = form.get('decision')
    if (decision === 'cancel') this.#answer(response, request, { error: 'access_denied' })
    else if (decision === 'accept' && signedIn !== null)
      this.#accepted(response, request, signedIn, form.get('contacts') === 'yes')
    else {
      const typed = form.get('username')
      const person = people.find((each) => each.id === form.get('account') || hasUsername(each, typed))
      if (person === undefined) {
        this.#show(response, googleChooseAccountPage(people, { error: 'Couldn’t find your Google Account' }))
        return
      }
      const session = randomBytes(24).toString('base64url')
      this.#sessions.set(session, person)
      response.setHeader('set-cookie', `${COOKIE}=${session}; Path=/google; HttpOnly; SameSite=Lax`)
      this.#chosen(response, request, person)
    }
  }

  /** What was allowed before is not asked again, unless the app insists. */
  #chosen(response: ServerResponse, request: AuthorizeRequest, person: Person): void {
    const grant = this.#parts.grants.of(person, request.clientId)
    const isAllowed = request.scopes.every((scope) => grant.scopes.has(scope))
    if (isAllowed && !request.prompt.has('consent'))
      this.#finish(response, request, grant, request.scopes, false)
    else if (request.prompt.has('none')) this.#answer(response, request, { error: 'interaction_required' })
    else this.#show(response, googlePermissionsPage(person, request.scopes))
  }

  /** Only the contacts have a box to tick, and only beside other scopes (granular permissions). */
  #accepted(
    response: ServerResponse,
    request: AuthorizeRequest,
    person: Person,
    contactsTicked: boolean,
  ): void {
    const { grants, settings } = this.#parts
    const { withheldScopes } = settings.current
    const allowed = request.scopes
      .filter((scope) => scope !== CONTACTS_SCOPE || contactsTicked || request.scopes.length === 1)
      .filter((scope) => !withheldScopes.includes(scope))
    if (allowed.length === 0) {
      this.#answer(response, request, { error: 'access_denied' })
      return
    }
    const grant = grants.of(person, request.clientId)
    for (const scope of allowed) grant.scopes.add(scope)
    this.#finish(response, request, grant, allowed, true)
  }

  /** A refresh token comes only with a sign-in in which the person was asked. */
  #finish(
    response: ServerResponse,
    request: AuthorizeRequest,
    grant: Grant,
    allowed: readonly string[],
    wasAsked: boolean,
  ): void {
    const { redirectUri, nonce, challenge, offline, includeGranted } = request
    const scopes = includeGranted ? [...new Set([...allowed, ...grant.scopes])] : allowed
    const code = this.#parts.grants.issueCode({
      grant,
      scopes,
      redirectUri,
      nonce,
      challenge,
      offline: offline && wasAsked,
    })
    this.#answer(response, request, {
      code,
      scope: scopesInRedirect(scopes),
      authuser: '0',
      prompt: wasAsked ? 'consent' : 'none',
    })
  }

  #answer(
    response: ServerResponse,
    { redirectUri, responseMode, state }: AuthorizeRequest,
    values: Readonly<Record<string, string>>,
  ): void {
    const iss = answerIssuer(this.#parts.issuer, this.#parts.settings)
    const all = { ...(state === null ? {} : { state }), ...(iss === null ? {} : { iss }), ...values }
    if (responseMode === 'form_post') {
      this.#show(response, formPostPage(redirectUri, all))
      return
    }
    const target = new URL(redirectUri)
    if (responseMode === 'fragment') target.hash = new URLSearchParams(all).toString()
    else for (const [name, value] of Object.entries(all)) target.searchParams.append(name, value)
    response.writeHead(302, { location: target.href, 'cache-control': 'no-store' }).end()
  }

  #show(response: ServerResponse, page: Page, status = 200): void {
    const { html, headers } = renderPage(page, 'Google')
    response.writeHead(status, { ...headers, ...openerHeaders(this.#parts.settings) }).end(html)
  }

  #signedIn({ headers }: IncomingMessage): Person | null {
    const session = new RegExp(`(?:^|; *)${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1]
    return this.#sessions.get(session ?? '') ?? null
  }
}
