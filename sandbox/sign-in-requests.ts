import type { IncomingMessage, ServerResponse } from 'node:http'
import { tokenCorsHeaders } from './entra/tokens/cross-origin.ts'
import type { Entra } from './entra/entra.ts'
import { deliver } from './faults/deliver.ts'
import type { Fault } from './faults/fault.ts'
import type { FaultRules } from './faults/fault-rules.ts'
import { isOfGateway, substitute } from './faults/faulty-answer.ts'
import { bodyOf } from './graph/answer.ts'
import type { RequestLog } from './request-log.ts'
import type { Settings } from './settings.ts'

export interface SignInParts {
  readonly entra: Entra
  readonly settings: Settings
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
  { entra, settings, faults, log }: SignInParts,
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
  const headers = {
    ...answer.headers,
    ...(isToken(url) && !isOfGateway(fault) ? tokenCorsHeaders(request.headers, settings) : {}),
  }
  await deliver(response, { status: answer.status, headers, body: bodyOf(answer) }, fault)
}

const isToken = (url: string): boolean => /\/oauth2\/v2\.0\/token(\?|$)/.test(url)
