import type { FailureDetails } from '../../domain/failures.ts'

const requestIdForm = /^[\w-]{1,80}$/
const serviceCodeForm = /^[\w.-]{1,80}$/

/**
 * The parts of an error response that an administrator may need: status, the service's request id and its error
 * code (Graph: `error.code`; Google: `error.status`). Only values that look like an id or a code are taken, because
 * they are recorded and must not be personal.
 *
 * @param body the parsed JSON, undefined if there was none
 */
export const errorDetails = (response: Response, body: unknown): FailureDetails => {
  const error = member(body, 'error')
  const inner = member(error, 'innerError') ?? member(error, 'innererror')
  const requestId =
    matching(requestIdForm, response.headers.get('request-id')) ??
    matching(requestIdForm, member(inner, 'request-id'))
  const serviceCode =
    matching(serviceCodeForm, member(error, 'code')) ?? matching(serviceCodeForm, member(error, 'status'))
  return {
    status: response.status,
    ...(requestId !== undefined && { requestId }),
    ...(serviceCode !== undefined && { serviceCode }),
  }
}

const member = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined

const matching = (form: RegExp, value: unknown): string | undefined =>
  typeof value === 'string' && form.test(value) ? value : undefined
