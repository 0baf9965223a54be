import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSandbox } from '../../sandbox/index.ts'
import type { Mailbox, SandboxSettings } from '../../sandbox/index.ts'
import { GRAPH } from './graph-fetch.ts'

export interface RecordedGraphInput {
  /** In the mailbox, all of them in its default folder. */
  readonly contacts: number
  /** Milliseconds before each response, and for each part of a batch, of which four are served at a time. */
  readonly latencies: readonly number[]
  /** `long`: as the sandbox makes them, some too long for lists. `short`: all short enough for lists. */
  readonly notes: 'short' | 'long'
  /** The response to `$deltatoken=latest`: mailboxes differ in that. */
  readonly deltaLatest: SandboxSettings['deltaLatest']
}

export interface RecordedGraph {
  /**
   * Origins of the recorded responses, one for each latency. `POST /change/N` changes N contacts; `GET /counts` gives the
   * requests and preflights of pages since the last such request. Pages of any origin may read the responses.
   */
  readonly origins: readonly string[]
  /** Origin of the sandbox tenant behind them. */
  readonly sandbox: string
  readonly token: string
}

/** Parts of a batch that are served at a time (Graph: JSON batching). */
const PARTS_AT_ONCE = 4

/** Lists cut longer notes, so that each of these contacts has to be requested by its id. */
const LONGEST_NOTE = 200

/**
 * A Graph and a People API (below `/google/people`) with almost no server time: the sandbox tenant's response to a request is kept as bytes, and served from
 * memory when the same request comes again. The sandbox itself builds each page every time, which takes about as long
 * as reading it and would be part of every measurement.
 */
export const recordedGraph = async (
  { contacts, latencies, notes, deltaLatest }: RecordedGraphInput,
  signal: AbortSignal,
): Promise<RecordedGraph> => {
  const sandbox = await startSandbox({
    contacts,
    googleContacts: contacts,
    folders: 0,
    distributionLists: 0,
    concurrency: null,
    linkOrigin: GRAPH,
    deltaLatest,
  })
  const mailbox = sandbox.mailbox('user')
  if (notes === 'short') shortenNotes(mailbox)
  const token = sandbox.issueToken('user')
  const googleToken = sandbox.google.issueToken('user')
  const recorded = new Map<string, Promise<Buffer>>()
  const counts = { requests: 0, preflights: 0 }
  const takeCounts = (): RequestCounts => {
    const taken = { ...counts }
    Object.assign(counts, { requests: 0, preflights: 0 })
    return taken
  }

  const ask = async (url: string, prefer: string): Promise<Buffer> => {
    const response = await fetch(sandbox.origin + url, {
      headers: { authorization: `Bearer ${url.startsWith('/google/') ? googleToken : token}`, prefer },
    })
    if (!response.ok) throw new RefusedError(response.status, await response.text())
    return Buffer.from(await response.arrayBuffer())
  }
  const answerTo = (url: string, prefer: string): Promise<Buffer> => {
    const key = `${prefer} ${url}`
    const answer = recorded.get(key) ?? ask(url, prefer)
    recorded.set(key, answer)
    return answer
  }
  const batch = async (request: IncomingMessage, latency: number): Promise<Buffer> => {
    const { requests } = JSON.parse(await text(request)) as { requests: readonly BatchPart[] }
    await sleep(latency * Math.ceil(requests.length / PARTS_AT_ONCE))
    const answers = await Promise.all(
      requests.map(async ({ id, url, headers }) => {
        const body = await answerTo(`/v1.0${url}`, headers['Prefer'] ?? '')
        return [Buffer.from(`{"id":"${id}","status":200,"headers":{},"body":`), body, Buffer.from('}')]
      }),
    )
    const parts = answers.flatMap((answer, index) => (index === 0 ? answer : [Buffer.from(','), ...answer]))
    return Buffer.concat([Buffer.from('{"responses":['), ...parts, Buffer.from(']}')])
  }
  const answer = async (request: IncomingMessage, latency: number): Promise<Buffer> => {
    const { method, url = '/', headers } = request
    if (url === '/counts') return Buffer.from(JSON.stringify(takeCounts()))
    if (method === 'OPTIONS') {
      counts.preflights++
      await sleep(latency)
      return Buffer.alloc(0)
    }
    counts.requests++
    if (method === 'POST' && url.startsWith('/change/')) {
      changeContacts(mailbox, Number(url.slice('/change/'.length)))
      recorded.clear()
      return Buffer.from('{}')
    }
    if (method === 'POST') return batch(request, latency)
    const body = await answerTo(url, headers['prefer']?.toString() ?? '')
    if (latency > 0) await sleep(latency)
    return body
  }
  const respond = async (request: IncomingMessage, response: ServerResponse, latency: number) => {
    try {
      const body = await answer(request, latency)
      response
        .writeHead(200, {
          'content-type': 'application/json',
          'content-length': body.length,
          ...forPages(request),
        })
        .end(body)
    } catch (error) {
      const refused = error instanceof RefusedError ? error : new RefusedError(500, '')
      response
        .writeHead(refused.status, { 'content-type': 'application/json', ...forPages(request) })
        .end(refused.body)
    }
  }

  const servers = latencies.map((latency) =>
    createServer((request, response) => void respond(request, response, latency)),
  )
  signal.addEventListener('abort', () => {
    for (const server of servers) server.close().closeAllConnections()
    void sandbox.close()
  })
  const origins = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    }),
  )
  return { origins, sandbox: sandbox.origin, token }
}

export interface RequestCounts {
  readonly requests: number
  readonly preflights: number
}

/** Lets pages of any origin send what they want and read the answer (Fetch Standard, CORS). */
const forPages = ({ headers }: IncomingMessage): Readonly<Record<string, string>> => ({
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST',
  'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
})

interface BatchPart {
  readonly id: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

class RefusedError extends Error {
  readonly status: number
  readonly body: string

  constructor(status: number, body: string) {
    super(`The sandbox answered ${status}`)
    this.status = status
    this.body = body
  }
}

const shortenNotes = (mailbox: Mailbox): void => {
  for (const { immutableId, fields } of mailbox.contacts()) {
    const note = fields.personalNotes ?? ''
    if (note.length > LONGEST_NOTE)
      mailbox.change(immutableId, { personalNotes: note.slice(0, LONGEST_NOTE) })
  }
}

const changeContacts = (mailbox: Mailbox, count: number): void => {
  const contacts = mailbox.contacts()
  const step = Math.max(1, Math.floor(contacts.length / count))
  for (const { immutableId } of contacts.filter((_, index) => index % step === 0).slice(0, count))
    mailbox.change(immutableId, { nickName: 'changed' })
}
