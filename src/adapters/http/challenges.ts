/** One way to authenticate that a `WWW-Authenticate` header offers. Names are in lower case. */
export interface Challenge {
  readonly scheme: string
  readonly parameters: ReadonlyMap<string, string>
}

// Either a parameter of the challenge before (a token or a quoted string), or a new scheme, which may carry
// one opaque value of its own. What follows decides, since commas separate both.
const token = "[!#$%&'*+.^_`|~\\w-]+"
const element = new RegExp(
  `[\\s,]*(?:(${token})\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(${token}))|(${token})(?: +[\\w.~+/-]+=*(?=\\s*(?:,|$)))?)`,
  'gsy',
)

/** Reads a `WWW-Authenticate` header (RFC 9110 section 11.6.1); stops where it is no longer understood. */
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
