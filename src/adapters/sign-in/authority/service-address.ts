import { isLoopbackHost } from '../../../formats/loopback-host.ts'

/** In characters. Much longer than any address that a sign-in needs. */
const LONGEST = 8192

/**
 * An address that an authority names, safe to open and to print. It uses https, or plain http on this machine, so
 * that codes and tokens leave the machine only encrypted. It has no user name, which could look like a host (RFC
 * 3986, section 7.6). It is in ASCII, with the host in Punycode, so that no letter looks like another one and nothing
 * in it controls a terminal. Null for any other text.
 */
export const serviceAddress = (text: unknown): string | null => {
  if (typeof text !== 'string' || text.length > LONGEST || !URL.canParse(text)) return null
  const url = new URL(text)
  const isSecret = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname))
  return isSecret && url.username === '' && url.password === '' && url.href.length <= LONGEST
    ? url.href
    : null
}
