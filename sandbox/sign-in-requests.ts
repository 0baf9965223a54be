import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Entra } from './entra/entra.ts'
import { deliver } from './faults/deliver.ts'
import type { Fault } from './faults/fault.ts'
import type { FaultRules } from './faults/fault-rules.ts'
import { substitute } from './faults/faulty-answer.ts'
import { bodyOf } from './graph/answer.ts'
import type { RequestLog } from './request-log.ts'

export interface SignInParts {
  readonly entra: Entra
  readonly faults: FaultRules
  readonly log: RequestLog
}

/** The faults that a sign-in page or the token endpoint can have. */
const possible: ReadonlySet<Fault['kind']> = new Set<Fault['kind']>([
  'status',
  'silent',
  'reset',
  'captive-portal',
  'huge',
])

/** Passes a request to Entra, unless a fault hits it. */
export const handleSignIn = async (
  { entra, faults, log }: SignInParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const { method = 'GET', url = '/' } = request
  // The query of a sign-in address contains the state and challenge of a sign-in.
  const entry = log.add(method, url.split('?', 1)[0] ?? '/', 0)
  response.once('finish', () => {
    entry.status = response.statusCode
  })
  const fault = faults.strike(method, url, possible)
  if (fault === null) {
    await entra.handle(request, response)
    return
  }
  const answer = substitute(fault) ?? { status: 200, headers: {}, content: '' }
  await deliver(response, { status: answer.status, headers: answer.headers, body: bodyOf(answer) }, fault)
}
