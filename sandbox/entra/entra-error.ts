import { randomUUID } from 'node:crypto'

export interface EntraError {
  readonly error: string
  readonly error_description: string
  readonly error_codes: readonly number[]
  readonly timestamp: string
  readonly trace_id: string
  readonly correlation_id: string
  readonly error_uri: string
  readonly suberror?: string
}

/** An error in the form of Entra's token endpoint: number, text, ids and time in one description. */
export const entraError = (error: string, number: number, text: string, suberror?: string): EntraError => {
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+/, '')
  const trace = randomUUID()
  const correlation = randomUUID()
  return {
    error,
    error_description: `AADSTS${number}: ${text}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
    error_codes: [number],
    timestamp,
    trace_id: trace,
    correlation_id: correlation,
    error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    ...(suberror === undefined ? {} : { suberror }),
  }
}
