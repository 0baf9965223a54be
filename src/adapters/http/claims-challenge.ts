import { decodeBase64url } from '../../formats/base64url.ts'

/**
 * The claims that a 401 demands of the next token, as JSON text; undefined if it demands none. Entra, "Claims
 * challenges": continuous access evaluation sends a Bearer challenge with `claims`, JSON in base64; for an ordinary
 * expired token there are none.
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
    return undefined // Unreadable, so the token is renewed without claims.
  }
}

/** One challenge of a `WWW-Authenticate` header. Names are in lower case. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: ReadonlyMap<string, string>
}

// Either a parameter of the current challenge (a token or a quoted string), or a new scheme, which may have one
// opaque value. Commas separate both, so only what follows distinguishes them.
const token = "[!#$%&'*+.^_`|~\\w-]+"
const element = new RegExp(
  `[\\s,]*(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))|(${token})(?: +[\\w.~+/-]+=*(?=\\s*(?:,|$)))?)`,
  'gsy',
)

/** Reads a `WWW-Authenticate` header (RFC 9110 section 11.6.1); stops at the first part that it cannot read. */
export const challenges = (header: string): Challenge[] => {
  const found: { scheme: string; parameters: Map<string, string> }[] = []
  for (const [, name, quoted, plain, scheme] of header.matchAll(element)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), parameters: new Map() })
    else if (name !== undefined) {
      const value = quoted?.replace(/\\(.)/gs, '$1') ?? plain ?? ''
      found.at(-1)?.parameters.set(name.toLowerCase(), value)
    }
  }
  return found
}
