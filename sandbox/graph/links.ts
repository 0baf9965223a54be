/**
 * An address with its query as Outlook writes it in links (recorded 2026): names and values percent-encoded
 * with lower-case hex, `$` included, and + for a space.
 */
export const linkTo = (address: string, query: Iterable<readonly [string, string]>): string =>
  `${address}?${[...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&')}`

const encode = (text: string): string =>
  encodeURIComponent(text)
    .replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())
    .replaceAll('%20', '+')

/** The query with one option set, in its old place if it was present, else at the end. */
export const withOption = (query: URLSearchParams, name: string, value: string): [string, string][] => {
  const copy = new URLSearchParams(query)
  copy.set(name, value)
  return [...copy]
}
