import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { startSandbox } from '../../sandbox/index.ts'
import { GRAPH } from './graph-fetch.ts'

export interface RecordedGraphInput {
  /** In the mailbox, all of them in its default folder. */
  readonly contacts: number
  /** Milliseconds before each answer. */
  readonly latencies: readonly number[]
}

export interface RecordedGraph {
  /** Of the answers recorded, one for each latency. */
  readonly origins: readonly string[]
  /** Of the sandbox tenant that gave them. */
  readonly sandbox: string
  readonly token: string
}

/**
 * A Graph that costs its clients next to nothing: what the sandbox tenant answers to a request is kept as
 * bytes, and served from memory when the same is asked for again. The sandbox itself puts pages together
 * anew, which takes about as long as reading them, so that it would be a part of every measurement.
 */
export const recordedGraph = async (
  { contacts, latencies }: RecordedGraphInput,
  signal: AbortSignal,
): Promise<RecordedGraph> => {
  const sandbox = await startSandbox({
    contacts,
    folders: 0,
    distributionLists: 0,
    concurrency: null,
    linkOrigin: GRAPH,
  })
  const token = sandbox.issueToken('user')
  const recorded = new Map<string, Promise<Buffer>>()

  const ask = async (url: string, prefer: string): Promise<Buffer> => {
    const response = await fetch(sandbox.origin + url, {
      headers: { authorization: `Bearer ${token}`, prefer },
    })
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}`)
    return Buffer.from(await response.arrayBuffer())
  }
  const answer = async (request: IncomingMessage, response: ServerResponse, latency: number) => {
    const { url = '/', headers } = request
    const prefer = headers['prefer']?.toString() ?? ''
    const key = `${prefer} ${url}`
    const answer = recorded.get(key) ?? ask(url, prefer)
    recorded.set(key, answer)
    const body = await answer
    if (latency > 0) await sleep(latency)
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
  }

  const servers = latencies.map((latency) =>
    createServer((request, response) => {
      answer(request, response, latency).catch(() => response.writeHead(500).end())
    }),
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
