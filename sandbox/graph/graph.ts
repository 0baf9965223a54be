import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { TokenHolder } from '../entra/entra.ts'
import { deliver } from '../faults/deliver.ts'
import type { Fault } from '../faults/fault.ts'
import type { FaultRules } from '../faults/fault-rules.ts'
import { answerFaults, damage, isOfGateway, preflightFaults, substitute } from '../faults/faulty-answer.ts'
import type { Mailbox } from '../mailbox/mailbox.ts'
import type { Person } from '../people.ts'
import { readText } from '../read-text.ts'
import type { RequestLog } from '../request-log.ts'
import type { Settings } from '../settings.ts'
import { type Answer, bodyOf } from './answer.ts'
import { type BatchPart, readBatch, runBatch } from './batch.ts'
import { Fence } from './fence.ts'
import { GraphError, graphErrors } from './graph-error.ts'
import { readPreferences } from './graph-request.ts'
import { corsHeaders, preflightHeaders } from './cors.ts'
import { answerHeaders } from './headers.ts'
import { route } from './routes.ts'
import { tokenOf, type Tokens } from './tokens.ts'

export interface GraphParts {
  readonly origin: string
  readonly settings: Settings
  readonly faults: FaultRules
  readonly tokens: Tokens
  readonly log: RequestLog
  readonly mailboxOf: (person: Person) => Mailbox | null
}

const ROOT = '/v1.0'
const BATCH = `${ROOT}/$batch`
/** Parts of one batch that Graph runs at a time for a mailbox (Graph: JSON batching). */
const PARTS_AT_ONCE = 4

/** The part of the sandbox that plays Graph. */
export class Graph {
  readonly #parts: GraphParts
  readonly #fence: Fence
  #inFlight = 0

  constructor(parts: GraphParts) {
    this.#parts = parts
    this.#fence = new Fence(parts.settings)
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request
    if (method === 'OPTIONS') return this.#preflight(request, response, url)
    this.#inFlight += 1
    const entry = this.#parts.log.add(method, url, this.#inFlight)
    const exits: (() => void)[] = []
    try {
      const fault = this.#parts.faults.strike(method, url)
      const answer = await this.#answer(request, method, url, fault, exits)
      const cut = fault?.kind === 'silent' || fault?.kind === 'reset'
      if (!cut) entry.status = answer.status
      const headers = {
        ...answerHeaders(request, answer),
        ...(isOfGateway(fault) ? {} : corsHeaders(answer.status, this.#parts.settings)),
      }
      await deliver(response, { status: answer.status, headers, body: bodyOf(answer) }, fault)
    } finally {
      for (const leave of exits) leave()
      this.#inFlight -= 1
    }
  }

  /** Takes as long as a request, but has no token, so that it belongs to no mailbox. */
  async #preflight(request: IncomingMessage, response: ServerResponse, url: string): Promise<void> {
    const { faults, log, settings } = this.#parts
    const entry = log.add('OPTIONS', url, this.#inFlight)
    const fault = faults.strike('OPTIONS', url, preflightFaults)
    await sleep(settings.current.latency)
    const substituted = fault === null ? null : substitute(fault)
    const answer = substituted ?? {
      status: 204,
      headers: preflightHeaders(request.headers, settings),
      content: '',
    }
    if (fault === null || substituted !== null) entry.status = answer.status
    await deliver(response, { status: answer.status, headers: answer.headers, body: bodyOf(answer) }, fault)
  }

  /** Graph's response to a request. Functions to call once it is sent are added to `exits`. */
  async #answer(
    request: IncomingMessage,
    method: string,
    url: string,
    fault: Fault | null,
    exits: (() => void)[],
  ): Promise<Answer> {
    const { tokens, settings, origin } = this.#parts
    const { authorization, prefer } = request.headers
    const { latency, concurrencyRetryAfter } = settings.current
    if (fault?.kind === 'token-expired' || fault?.kind === 'claims-challenge')
      tokens.refuse(tokenOf(authorization))
    const substituted = fault === null ? null : substitute(fault)
    if (substituted !== null) {
      await sleep(latency)
      return substituted
    }
    try {
      const holder = await tokens.check(authorization)
      if (url.split('?', 1)[0] !== BATCH) {
        exits.push(this.#fence.enter(holder.person))
        await sleep(latency)
        const answer = this.#run(method, url, prefer, holder)
        return fault === null ? answer : damage(answer, fault, `${origin}${url}`)
      }
      const parts = readBatch(await readText(request))
      const lanes = Math.min(parts.length, PARTS_AT_ONCE)
      const { admitted, leave } = this.#fence.enterTogether(holder.person, lanes)
      exits.push(leave)
      await sleep(latency * Math.ceil(parts.length / PARTS_AT_ONCE))
      const answer = runBatch(parts, (part) => {
        const isAdmitted = parts.indexOf(part) % PARTS_AT_ONCE < admitted
        return isAdmitted
          ? this.#runPart(part, holder)
          : graphErrors.concurrency(concurrencyRetryAfter).answer
      })
      return fault === null ? answer : damage(answer, fault, `${origin}${url}`)
    } catch (error) {
      if (error instanceof GraphError) return error.answer
      throw error
    }
  }

  #run(method: string, url: string, prefer: string | string[] | undefined, holder: TokenHolder): Answer {
    const { origin, mailboxOf, settings, faults } = this.#parts
    const { pathname, searchParams } = new URL(url, origin)
    return route({
      method,
      baseUrl: `${origin}${ROOT}`,
      segments: pathname
        .slice(ROOT.length)
        .split('/')
        .filter((segment) => segment !== '')
        .map(decodeSegment),
      query: searchParams,
      prefer: readPreferences(prefer?.toString()),
      person: holder.person,
      scopes: holder.scopes,
      mailbox: mailboxOf(holder.person),
      deltaLatest: settings.current.deltaLatest,
      lies: faults.lies(method, url),
    })
  }

  /** Each part of a batch counts, fails and is logged separately. */
  #runPart({ method, url, headers }: BatchPart, holder: TokenHolder): Answer {
    const { faults, log, origin } = this.#parts
    const full = `${ROOT}${url.startsWith('/') ? '' : '/'}${url}`
    const prefer = Object.entries(headers).find(([name]) => name.toLowerCase() === 'prefer')?.[1]
    const entry = log.add(method, full, this.#inFlight, true)
    const fault = faults.strike(method, full, answerFaults)
    let answer = fault === null ? null : substitute(fault)
    try {
      answer ??= this.#run(method, full, prefer, holder)
    } catch (error) {
      if (!(error instanceof GraphError)) throw error
      answer = error.answer
    }
    entry.status = answer.status
    return fault === null ? answer : damage(answer, fault, `${origin}${full}`)
  }
}

const decodeSegment = (segment: string): string => {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw graphErrors.idMalformed()
  }
}
