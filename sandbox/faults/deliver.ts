import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createGzip } from 'node:zlib'
import type { Fault, FaultOf } from './fault.ts'

export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array
}

/** Sends a response, or breaks the connection as the fault demands. Resolves when it is done. */
export const deliver = async (
  response: ServerResponse,
  answer: WireAnswer,
  fault: Fault | null,
): Promise<void> => {
  const body = Buffer.from(answer.body)
  const head = (): void => {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length })
  }
  switch (fault?.kind) {
    case 'silent':
      return closed(response)
    case 'reset': {
      const bytes = fault.bytes ?? 0
      if (bytes > 0) {
        head()
        await written(response, body.subarray(0, Math.min(bytes, body.length - 1)))
        // A reset may overtake the data: let the other side read it first.
        await sleep(20)
      }
      response.socket?.resetAndDestroy()
      return closed(response)
    }
    case 'drip': {
      head()
      const step = fault.bytes ?? 1
      for (let i = 0; i < body.length && !response.destroyed; i += step) {
        await written(response, body.subarray(i, i + step))
        await sleep(fault.everyMs)
      }
      response.end()
      return
    }
    case 'huge':
      return filledUp(response, answer, fault)
    default:
      head()
      response.end(body)
  }
}

const MEGABYTE = Buffer.alloc(1_000_000, ' ')

/** Sends the body and then spaces, which JSON ignores, until the size is reached or the client is gone. */
const filledUp = async (
  response: ServerResponse,
  answer: WireAnswer,
  { megabytes, gzip = false, status = answer.status }: FaultOf<'huge'>,
): Promise<void> => {
  const parts = function* () {
    yield Buffer.from(answer.body)
    for (let part = 0; part < megabytes; part++) yield MEGABYTE
  }
  response.writeHead(status, { ...answer.headers, ...(gzip ? { 'content-encoding': 'gzip' } : {}) })
  const sent = gzip ? pipeline(parts(), createGzip({ level: 1 }), response) : pipeline(parts(), response)
  await sent.catch(() => undefined)
}

const closed = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed || response.closed) resolve()
    else response.once('close', resolve)
  })

const written = (response: ServerResponse, chunk: Buffer): Promise<void> =>
  new Promise((resolve) => {
    response.write(chunk, () => {
      resolve()
    })
  })
