import type { IncomingMessage, ServerResponse } from 'node:http'
import { mayRead } from '../entra/tokens/cross-origin.ts'
import { deliver } from '../faults/deliver.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import { isOfGateway } from '../faults/faulty-answer.ts'
import { type Answer, bodyOf } from '../graph/answer.ts'
import type { Person } from '../people.ts'
import { readText } from '../read-text.ts'
import type { RequestLog } from '../request-log.ts'
import type { Settings } from '../settings.ts'
import { desktopApp, webApp } from './apps.ts'
import type { GoogleBooks } from './contacts/google-books.ts'
import { googleAnswer, GoogleError, googleErrorOf } from './google-error.ts'
import { googleSubstitute, signInFaults } from './google-faults.ts'
import { People, PEOPLE_PATH } from './people/people.ts'
import type { SandboxGoogle } from './sandbox-google.ts'
import { Authorize } from './sign-in/authorize.ts'
import { Grants } from './sign-in/grants.ts'
import { publicKeys } from './sign-in/id-token.ts'
import { metadataOf, paths } from './sign-in/metadata.ts'
import { CONTACTS_SCOPE } from './sign-in/scopes.ts'
import { revocationAnswer, tokenAnswer } from './sign-in/token-endpoint.ts'

export const GOOGLE_PATH = '/google/'

export interface GoogleParts {
  readonly origin: string
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly faults: FaultRules
  readonly log: RequestLog
  readonly books: GoogleBooks
}

/** The part of the sandbox that plays Google: sign-in pages, tokens, and the People API. */
export class Google {
  readonly #parts: GoogleParts
  readonly #issuer: string
  readonly #grants: Grants
  readonly #authorize: Authorize
  readonly #people: People

  constructor(parts: GoogleParts) {
    const { origin, people, settings, books } = parts
    this.#parts = parts
    this.#issuer = `${origin}/google`
    this.#grants = new Grants(settings)
    this.#authorize = new Authorize({ issuer: this.#issuer, people, settings, grants: this.#grants })
    this.#people = new People({ ...parts, grants: this.#grants, contactsOf: (person) => books.of(person) })
  }

  /** What the sandbox offers to tests and programs in the same process. */
  forPrograms(personOf: (id: string) => Person): SandboxGoogle {
    const { books } = this.#parts
    return {
      issuer: this.#issuer,
      peopleUrl: this.#parts.origin + PEOPLE_PATH,
      clientId: desktopApp.clientId,
      clientSecret: desktopApp.clientSecret,
      webClientId: webApp.clientId,
      webClientSecret: webApp.clientSecret,
      contacts: (personId) => books.of(personOf(personId)),
      issueToken: (personId, { scopes = [CONTACTS_SCOPE], expiresIn = 3600 } = {}) =>
        this.#grants.issueAccess(this.#grants.of(personOf(personId), desktopApp.clientId), scopes, expiresIn),
      revoke: (personId) => this.#grants.revoke(personOf(personId)),
      issuedSecrets: () => this.#grants.issued(),
    }
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request
    if (url.startsWith(`${PEOPLE_PATH}/`)) return this.#people.handle(request, response)
    // The query of a sign-in address contains the state and challenge of a sign-in.
    const [path = '/'] = url.split('?', 1)
    const entry = this.#parts.log.add(method, path, 0)
    response.once('finish', () => {
      entry.status = response.statusCode
    })
    const fault = this.#parts.faults.strike(method, url, signInFaults)
    const endpoint = path.slice(GOOGLE_PATH.length - 1)
    if (fault === null && endpoint === paths.authorize) return this.#authorize.handle(request, response)
    const answer =
      fault === null
        ? await this.#answer(request, method, endpoint)
        : (googleSubstitute(fault) ?? { status: 200, headers: {}, content: '' })
    const headers = {
      'cache-control': 'no-cache, no-store, max-age=0, must-revalidate',
      ...answer.headers,
      ...(isOfGateway(fault) ? {} : this.#corsHeaders(request, endpoint)),
    }
    await deliver(response, { status: answer.status, headers, body: bodyOf(answer) }, fault)
  }

  async #answer(request: IncomingMessage, method: string, endpoint: string): Promise<Answer> {
    const { settings } = this.#parts
    try {
      switch (`${method} ${endpoint}`) {
        case `GET ${paths.metadata}`:
          return googleAnswer(200, metadataOf(this.#issuer))
        case `GET ${paths.keys}`:
          return googleAnswer(200, await publicKeys())
        case `POST ${paths.token}`: {
          const form = new URLSearchParams(await readText(request))
          const parts = { issuer: this.#issuer, settings, grants: this.#grants }
          return await tokenAnswer(parts, form, request.headers.authorization)
        }
        case `POST ${paths.revoke}`: {
          const query = new URL(request.url ?? '/', this.#issuer).searchParams
          const form = new URLSearchParams(await readText(request))
          return revocationAnswer(this.#grants, form.get('token') ?? query.get('token') ?? '')
        }
        default:
          return method === 'OPTIONS' ? { status: 204, headers: {}, content: '' } : googleErrorOf(404)
      }
    } catch (error) {
      if (error instanceof GoogleError) return error.answer
      throw error
    }
  }

  /** Metadata and keys are for pages of any origin, tokens for those of the web client. */
  #corsHeaders({ headers }: IncomingMessage, endpoint: string): Readonly<Record<string, string>> {
    if (endpoint === paths.metadata || endpoint === paths.keys) return { 'access-control-allow-origin': '*' }
    return mayRead(headers.origin, this.#parts.settings)
      ? { 'access-control-allow-origin': headers.origin, vary: 'origin' }
      : {}
  }
}
