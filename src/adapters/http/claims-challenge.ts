import { decodeBase64url } from '../../formats/base64url.ts'
import { challenges } from './challenges.ts'

/**
 * The claims that a 401 demands of the next token, as JSON text, or undefined where it demands none.
 * Entra, "Claims challenges": a Bearer challenge with `claims`, JSON in base64, on continuous access
 * evaluation; an ordinary expired token comes without.
 */
export const claimsChallenge = (headers: Headers): string | undefined => {
  const encoded = challenges(headers.get('www-authenticate') ?? '')
    .filter(({ scheme }) => scheme === 'bearer')
    .map(({ parameters }) => parameters.get('claims'))
    .find((claims) => claims !== undefined)
  return encoded === undefined ? undefined : decode(encoded)
}

const decode = (encoded: string): string | undefined => {
  try {
    const text = new TextDecoder().decode(decodeBase64url(encoded))
    JSON.parse(text)
    return text
  } catch {
    return undefined // Not to be understood, so the token is renewed without claims.
  }
}
