export interface AccessTokenRequest {
  readonly signal: AbortSignal
  /** The token that was just refused with 401: do not hand it out again, get a new one. */
  readonly refused?: string
  /** Claims that the service demands (continuous access evaluation), decoded JSON text. */
  readonly claims?: string
}

/**
 * Port: an access token without asking the person. Throws an `ImportFailure` (`sign-in-expired`,
 * `permission-removed`, …) where there is none to be had silently.
 */
export interface AccessTokens {
  accessToken(request: AccessTokenRequest): Promise<string>
}
