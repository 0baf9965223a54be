import { ImportFailure } from '../domain/failures.ts'

/** A request for an access token. */
export interface AccessTokenRequest {
  readonly signal: AbortSignal
  /** The token that the service has just refused with 401. It must not be returned again. */
  readonly refused?: string
  /** Claims that the service demands (continuous access evaluation), as decoded JSON text. */
  readonly claims?: string
}

/**
 * There is no token other than the refused one. Services sometimes refuse a valid token, so it may be sent once more. If it
 * is refused again, it has expired.
 */
export class UnchangedToken extends ImportFailure {
  constructor() {
    super('sign-in-expired')
  }
}

/**
 * Port: gets access tokens without asking the user. Throws an `ImportFailure` (`sign-in-expired`,
 * `permission-removed`, …) if no token is available silently, and `UnchangedToken` if there is only the refused one.
 */
export interface AccessTokens {
  accessToken(request: AccessTokenRequest): Promise<string>
}
