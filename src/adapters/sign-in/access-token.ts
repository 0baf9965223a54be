/** Whether a value can be sent as a bearer token: one word of the characters of RFC 6750, 2.1. */
export const isAccessToken = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9\-._~+/]+=*$/.test(value)
