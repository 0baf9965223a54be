import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { deliver } from '../../faults/deliver.ts'
import type { Fault } from '../../faults/fault.ts'
import type { FaultRules } from '../../faults/fault-rules.ts'
import { isOfGateway, preflightFaults } from '../../faults/faulty-answer.ts'
import { type Answer, bodyOf } from '../../graph/answer.ts'
import { tokenOf } from '../../graph/tokens.ts'
import type { Person } from '../../people.ts'
import type { RequestLog } from '../../request-log.ts'
import type { Settings } from '../../settings.ts'
import type { GoogleContacts } from '../contacts/google-contacts.ts'
import { peopleCorsHeaders, peoplePreflightHeaders } from '../cors.ts'
import {
  type GoogleAnswer,
  googleAnswer,
  GoogleError,
  googleErrorOf,
  recordedError,
} from '../google-error.ts'
import { damagePage, googleSubstitute, peopleFaults } from '../google-faults.ts'
import type { Grants } from '../sign-in/grants.ts'
import { CONTACTS_SCOPE } from '../sign-in/scopes.ts'
import { batchGet } from './batch-get.ts'
import { Connections } from './connections.ts'
import { readListRequest } from './list-request.ts'
import { Quotas } from './quotas.ts'

export const PEOPLE_PATH = '/google/people'

const CONNECTIONS = `${PEOPLE_PATH}/v1/people/me/connections`
const BATCH_GET = `${PEOPLE_PATH}/v1/people:batchGet`

export interface PeopleParts {
  readonly origin: string
  readonly settings: Settings
  readonly faults: FaultRules
  readonly log: RequestLog
  readonly grants: Grants
  readonly contactsOf: (person: Person) => GoogleContacts
}

/** Plays the People API: the contacts of the person to whom the token belongs. */
export class People {
  readonly #parts: PeopleParts
  readonly #connections = new Connections()
  readonly #quotas: Quotas
  #inFlight = 0

  constructor(parts: PeopleParts) {
    this.#parts = parts
    this.#quotas = new Quotas(parts.settings)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request
    if (method === 'OPTIONS') return this.#preflight(request, response, url)
    const { faults, log, settings } = this.#parts
    this.#inFlight += 1
    const entry = log.add(method, url, this.#inFlight)
    try {
      const fault = faults.strike(method, url, peopleFaults)
      await sleep(settings.current.latency)
      const answer = this.#answer(request, method, url, fault)
      if (fault?.kind !== 'silent' && fault?.kind !== 'reset') entry.status = answer.status
      const headers = {
        'cache-control': 'private',
        vary: 'Origin, X-Origin, Referer',
        ...answer.headers,
        ...(isOfGateway(fault) ? {} : peopleCorsHeaders(request.headers, answer.status, settings)),
      }
      await deliver(response, { status: answer.status, headers, body: bodyOf(answer) }, fault)
    } finally {
      this.#inFlight -= 1
    }
  }

  async #preflight(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    const { faults, log, settings } = this.#parts
    const entry = log.add('OPTIONS', url, this.#inFlight)
    const fault = faults.strike('OPTIONS', url, preflightFaults)
    await sleep(settings.current.latency)
    const substituted = fault === null ? null : googleSubstitute(fault)
    const { status, headers, content } = substituted ?? {
      status: 200,
      headers: peoplePreflightHeaders(request.headers, settings),
      content: '',
    }
    if (fault === null || substituted !== null) entry.status = status
    await deliver(response, { status, headers, body: bodyOf({ status, headers, content }) }, fault)
  }

  #answer({ headers }: IncomingMessage, method: string, url: string, fault: Fault | null): Answer {
    const token = tokenOf(headers.authorization)
    if (fault?.kind === 'token-expired') this.#parts.grants.refuse(token)
    const substituted = fault === null ? null : googleSubstitute(fault)
    if (substituted !== null) return substituted
    try {
      const { pathname, searchParams } = new URL(url, this.#parts.origin)
      if (method !== 'GET' || ![CONNECTIONS, BATCH_GET].includes(pathname)) return googleErrorOf(404)
      const person = this.#holderOf(token)
      const content =
        pathname === CONNECTIONS
          ? this.#page(person, searchParams, fault)
          : this.#people(person, searchParams)
      const answer = googleAnswer(200, content)
      return fault?.kind === 'truncate' ? truncated(answer) : answer
    } catch (error) {
      if (error instanceof GoogleError) return error.answer
      throw error
    }
  }

  #holderOf(token: string): Person {
    const issue = this.#parts.grants.access(token)
    if (issue === null) throw new GoogleError(recordedError('unauthenticated'))
    if (!issue.scopes.includes(CONTACTS_SCOPE)) throw new GoogleError(recordedError('insufficient-scopes'))
    return issue.grant.person
  }

  #page(person: Person, query: URLSearchParams, fault: Fault | null) {
    const { settings, contactsOf } = this.#parts
    const request = readListRequest(query)
    this.#quotas.enter(person, request.pageToken === null && request.syncToken === null)
    const answered = this.#connections.page(contactsOf(person), request, settings.current)
    return fault === null ? answered.page : damagePage(answered, fault)
  }

  #people(person: Person, query: URLSearchParams) {
    this.#quotas.enter(person, false)
    return batchGet(this.#parts.contactsOf(person), query)
  }
}

const truncated = (answer: GoogleAnswer): Answer => ({
  ...answer,
  content: answer.content.slice(0, Math.floor(answer.content.length / 2)),
})
