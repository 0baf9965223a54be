import type { FailureDetails } from '../domain/failures.ts'

/** What an administrator can look up about a failure, in the words of the service in every language. */
export const failureFacts = ({
  host,
  cause,
  serviceCode,
  status,
  requestId,
}: FailureDetails): readonly string[] =>
  [
    host,
    cause,
    serviceCode,
    status === undefined ? undefined : `HTTP ${status}`,
    requestId === undefined ? undefined : `request ID ${requestId}`,
  ].filter((fact) => fact !== undefined)
