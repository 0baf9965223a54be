import { decodeBase64url } from '../../../formats/base64url.ts'

/** In characters. An e-mail address has at most 320 (RFC 5321, section 4.5.3.1), a name in Entra 256. */
const LONGEST = 1024

/** Whether a claim can be a name or an id. A provider can put anything into it. */
export const isClaim = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST

/** The claims of a JWT (RFC 7519), not verified. Empty if the text is none. */
export const claimsIn = (token: unknown): object => {
  try {
    const part = typeof token === 'string' ? (token.split('.')[1] ?? '') : ''
    return Object(JSON.parse(new TextDecoder().decode(decodeBase64url(part)))) as object
  } catch {
    return {}
  }
}
