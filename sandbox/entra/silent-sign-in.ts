import type { interactionPolicy as Policy, KoaContextWithOIDC } from 'oidc-provider'
import type * as OidcProvider from 'oidc-provider'
import { hasUsername, type Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import type { Consents } from './consents.ts'
import { type EntraError, entraError } from './entra-error.ts'
import { signInRefusal } from './refusals.ts'

export interface SilentSignInParts {
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly consents: Consents
}

/** Answers `prompt=none` as Entra does (OpenID Connect Core, section 3.1.2.6), where oidc-provider knows no numbers. */
export const silentPrompt = (
  { interactionPolicy, errors }: typeof OidcProvider,
  parts: SilentSignInParts,
): Policy.Prompt =>
  new interactionPolicy.Prompt(
    { name: 'silent', requestable: false },
    new interactionPolicy.Check('refused', 'no page may be shown', (ctx) => {
      const refusal = ctx.oidc.promptPending('none') ? silentRefusal(ctx, parts) : null
      if (refusal !== null) throw new errors.CustomOIDCProviderError(refusal.error, refusal.error_description)
      return interactionPolicy.Check.NO_NEED_TO_PROMPT
    }),
  )

/** A session of another person than the hinted one does not count: the hinted one is asked to sign in. */
export const hintedLogin = (
  { interactionPolicy: { Check } }: typeof OidcProvider,
  people: readonly Person[],
): Policy.Check =>
  new Check('login_hint', 'the hinted account is not signed in', 'login_required', ({ oidc }) => {
    const hint = oidc.params?.login_hint
    const person = people.find(({ objectId }) => objectId === oidc.session?.accountId)
    // Who is hinted at one account may choose another one.
    const isAnswered = oidc.result?.login !== undefined
    return hint !== undefined && person !== undefined && !isAnswered && !hasUsername(person, hint)
  })

/** Why the app gets no code without a page; null if it gets one. */
const silentRefusal = (
  { oidc }: KoaContextWithOIDC,
  { people, settings, consents }: SilentSignInParts,
): EntraError | null => {
  const person = people.find(({ objectId }) => objectId === oidc.session?.accountId)
  if (person === undefined)
    return entraError('login_required', 50058, 'A silent sign-in request was sent but no user is signed in.')
  const hint = oidc.params?.login_hint
  if (hint !== undefined && !hasUsername(person, hint))
    return entraError(
      'login_required',
      50058,
      'A silent sign-in request was sent but none of the currently signed in user(s) match the requested login hint.',
    )
  const { signInRefusal: refusal } = settings.current
  if (refusal !== null && refusal.at !== 'redeem') {
    const shown = signInRefusal(refusal)
    // What Entra would otherwise say on a page.
    return refusal.error === undefined && shown.error === 'access_denied'
      ? { ...shown, error: 'interaction_required' }
      : shown
  }
  const clientId = String(oidc.params?.client_id)
  const granted = consents.granted(person, clientId)
  return [...oidc.requestParamOIDCScopes].every((scope) => granted.has(scope))
    ? null
    : entraError(
        'consent_required',
        65001,
        `The user or administrator has not consented to use the application with ID '${clientId}' named 'device-contacts'. Send an interactive authorization request for this user and resource.`,
      )
}
