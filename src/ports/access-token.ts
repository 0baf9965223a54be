/** A request for an access token. */
export interface AccessTokenRequest {
  readonly signal: AbortSignal
  /** The token that the service has just refused with 401. It must not be returned again. */
  readonly refused?: string
  /** Claims that the service demands (continuous access evaluation), as decoded JSON text. */
  readonly claims?: string
}

/**
 * Port: gets access tokens without asking the user. Throws an `ImportFailure` (`sign-in-expired`,
 * `permission-removed`, …) if no token is available silently.
 */
export interface AccessTokens {
  accessToken(request: AccessTokenRequest): Promise<string>
}
