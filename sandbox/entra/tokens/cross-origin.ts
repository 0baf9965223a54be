import type { IncomingHttpHeaders } from 'node:http'
import type { Settings } from '../../settings.ts'
import { platformOf, spaOrigins } from '../apps.ts'
import { type EntraError, entraError } from '../entra-error.ts'

/** Whether the browser lets a page of this origin read an answer of the token endpoint. */
export const mayRead = (origin: string | undefined, settings: Settings): origin is string => {
  if (origin === undefined) return false
  const { tokenCors } = settings.current
  return tokenCors === 'any' || (tokenCors === 'registered' && spaOrigins(settings).includes(origin))
}

/** The header that lets the page read it; none for other requests. */
export const tokenCorsHeaders = (
  { origin }: IncomingHttpHeaders,
  settings: Settings,
): Readonly<Record<string, string>> =>
  mayRead(origin, settings) ? { 'access-control-allow-origin': origin } : {}

/**
 * Why a request from or outside of a page gets no token; null if it may get one. The tokens of a single-page
 * application are for requests of its pages, all others for requests of programs. Browsers add `Origin` to a POST, and
 * no script can remove it (reference of AADSTS error codes; texts as in msal-js issues 5196 and 2482).
 */
export const refusedOrigin = (
  clientId: string | null,
  origin: string | undefined,
  settings: Settings,
): EntraError | null => {
  const platform = platformOf(clientId)
  if (platform === null) return null
  if (platform === 'spa' && origin === undefined)
    return entraError(
      'invalid_request',
      9002327,
      "Tokens issued for the 'Single-Page Application' client-type may only be redeemed via cross-origin requests.",
    )
  const isPage = platform === 'spa' && origin !== undefined && spaOrigins(settings).includes(origin)
  return origin === undefined || isPage
    ? null
    : entraError(
        'invalid_request',
        9002326,
        `Cross-origin token redemption is permitted only for the 'Single-Page Application' client-type. Request origin: '${origin}'.`,
      )
}
