import type { RefreshToken } from 'oidc-provider'
import type { Settings } from '../../settings.ts'
import { platformOf } from '../apps.ts'
import { type EntraError, entraError } from '../entra-error.ts'

type Dates = Pick<RefreshToken, 'iiat'>

/**
 * When a refresh token of a page ends, in seconds since 1970: each inherits the remaining time of the first one (Refresh tokens
 * in the Microsoft identity platform).
 */
export const spaRefreshEnd = ({ iiat = 0 }: Dates, { current }: Settings): number =>
  iiat + current.spaRefreshTokenLifetime

/** Why a page gets no token any more; null if it gets one, or if the token is one of a program. */
export const endedSpaRefresh = (
  token: Dates & Pick<RefreshToken, 'clientId' | 'isExpired'>,
  settings: Settings,
): EntraError | null => {
  if (platformOf(token.clientId) !== 'spa') return null
  const isOver = token.isExpired || Date.now() / 1000 >= spaRefreshEnd(token, settings)
  return isOver ? spaRefreshRefusal(settings.current.spaRefreshTokenLifetime, token.iiat ?? 0) : null
}

/** The text as in msal-js issue 6765: a time span and a date as .NET writes them. */
export const spaRefreshRefusal = (lifetime: number, firstIssued: number): EntraError =>
  entraError(
    'invalid_grant',
    700084,
    `The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of ${timeSpan(lifetime)}, which cannot be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page. The token was issued on ${new Date(firstIssued * 1000).toISOString().replace('Z', '0000Z')}.`,
  )

const timeSpan = (seconds: number): string => {
  const days = Math.floor(seconds / 86_400)
  const clock = [seconds / 3600, seconds / 60, seconds].map((part, unit) =>
    String(Math.floor(part) % (unit === 0 ? 24 : 60)).padStart(2, '0'),
  )
  return `${days > 0 ? `${days}.` : ''}${clock.join(':')}`
}
