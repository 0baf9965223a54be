import { ImportFailure } from '../../../../domain/failures.ts'
import { isLoopbackHost } from '../../../../formats/loopback-host.ts'

/** Whom to ask for sign-in, in the words of MSAL's `auth` configuration. */
export interface AuthoritySettings {
  readonly authority: string
  readonly knownAuthorities: readonly string[]
  /** OpenID Connect Discovery document as JSON text; fetched by MSAL itself where absent. */
  readonly authorityMetadata?: string
}

/** The clouds whose endpoints MSAL knows (Microsoft docs: "National clouds"). */
const microsoftHosts = /^login\.(microsoftonline\.(com|us)|partner\.microsoftonline\.cn)$/

/**
 * Turns the address of an authority (`https://login.microsoftonline.com/common`, or any OpenID provider)
 * into what MSAL needs for it. A provider on this machine may speak plain http: MSAL takes no such address,
 * but takes such endpoints when it is handed the provider's metadata. The made-up host is never dialled; it
 * keeps the provider's accounts apart, and without the metadata it leads nowhere.
 *
 * Throws `app-misconfigured` for plain http to another machine, and for an answer that is no metadata;
 * `offline` where the provider on this machine cannot be reached.
 */
export const resolveAuthority = async (
  authority: string,
  signal: AbortSignal | null = null,
): Promise<AuthoritySettings> => {
  const url = parsed(authority)
  if (url.protocol === 'https:')
    return { authority: url.href, knownAuthorities: microsoftHosts.test(url.hostname) ? [] : [url.host] }
  if (url.protocol !== 'http:' || !isLoopbackHost(url.hostname)) throw new ImportFailure('app-misconfigured')
  const host = `login.port-${url.port || 80}.localhost`
  return {
    authority: `https://${host}/common`,
    knownAuthorities: [host],
    authorityMetadata: JSON.stringify(await metadataOf(url, signal)),
  }
}

/** A stand-in for the real one: nothing that it gives away is worth guarding. */
export const isOnThisMachine = (authority: string): boolean =>
  URL.canParse(authority) && isLoopbackHost(new URL(authority).hostname)

const parsed = (authority: string): URL => {
  if (!URL.canParse(authority)) throw new ImportFailure('app-misconfigured')
  return new URL(authority)
}

const metadataOf = async (authority: URL, signal: AbortSignal | null): Promise<Record<string, unknown>> => {
  const base = authority.href.replace(/\/+$/, '')
  // Entra has a version in the path, other providers have not (OpenID Connect Discovery 1.0, section 4).
  for (const path of ['/v2.0/.well-known/openid-configuration', '/.well-known/openid-configuration']) {
    const document = await jsonAt(base + path, signal)
    if (document !== null && isMetadata(document)) return document
  }
  throw new ImportFailure('app-misconfigured')
}

const jsonAt = async (address: string, signal: AbortSignal | null): Promise<unknown> => {
  let response: Response
  let text: string
  try {
    response = await fetch(address, { signal, redirect: 'error' })
    text = await response.text()
  } catch (error) {
    throw new ImportFailure('offline', {}, error)
  }
  try {
    return response.ok ? JSON.parse(text) : null
  } catch {
    return null
  }
}

/** Codes and tokens stay on this machine: plain http is taken for loopback endpoints alone. */
const isMetadata = (document: unknown): document is Record<string, unknown> =>
  typeof document === 'object' &&
  document !== null &&
  ['authorization_endpoint', 'token_endpoint'].every((name) => {
    const endpoint: unknown = Reflect.get(document, name)
    if (typeof endpoint !== 'string' || !URL.canParse(endpoint)) return false
    const url = new URL(endpoint)
    return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  })
