import type { Settings } from '../settings.ts'

/** The issuer identifier of the sandbox's authority. */
export const issuerOf = (origin: string): string => `${origin}/common/v2.0`

/** An authority that the app never asked. */
const OTHER = 'https://login.other.example/common/v2.0'

/** The `iss` that the settings demand for an answer of the authority `issuer`; null for none. */
export const answerIssuer = (issuer: string, { current }: Settings): string | null =>
  ({ right: issuer, missing: null, other: OTHER })[current.answerIssuer]

/** Replaces the right issuer, which oidc-provider has put into a form or an address, by that one. */
export const withIssuer = (text: string, issuer: string, settings: Settings): string => {
  const wanted = answerIssuer(issuer, settings)
  if (wanted === issuer) return text
  const field = new RegExp(`<input[^>]*name="iss"[^>]*>`)
  const parameter = new RegExp(`([?&#])iss=[^&#]*&?`)
  return wanted === null
    ? text.replace(field, '').replace(parameter, '$1')
    : text
        .replace(field, `<input type="hidden" name="iss" value="${wanted}"/>`)
        .replace(parameter, `$1iss=${encodeURIComponent(wanted)}&`)
}
