/** Whether a text can be sent as a bearer token: one word of the characters of RFC 6750, 2.1. */
export const isAccessToken = (text: string): boolean => /^[A-Za-z0-9\-._~+/]+=*$/.test(text)
