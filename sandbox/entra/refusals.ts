import type { SandboxSettings, Settings } from '../settings.ts'
import { isRegistered, platformOf } from './apps.ts'
import { entraError, type EntraError } from './entra-error.ts'

type RefreshRefusal = NonNullable<SandboxSettings['refreshRefusal']>

/** How Entra refuses a refresh (reference of AADSTS error codes). */
export const refreshRefusals: Readonly<
  Record<RefreshRefusal & string, () => EntraError | { error: string }>
> = {
  '65001': () =>
    entraError(
      'invalid_grant',
      65001,
      'The user or administrator has not consented to use the application. Send an interactive authorization request for this user and resource.',
      'consent_required',
    ),
  '50173': () =>
    entraError(
      'invalid_grant',
      50173,
      'The provided grant has expired due to it being revoked, a fresh auth token is needed.',
      'bad_token',
    ),
  '70043': () =>
    entraError(
      'invalid_grant',
      70043,
      'The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.',
      'token_expired',
    ),
  '700082': () => entraError('invalid_grant', 700082, 'The refresh token has expired due to inactivity.'),
  plain: () => ({ error: 'invalid_grant' }),
}

/** The refusal that the settings demand. */
export const refreshRefusalOf = (refusal: RefreshRefusal): EntraError | { error: string } =>
  typeof refusal === 'string'
    ? refreshRefusals[refusal]()
    : entraError(
        'invalid_grant',
        refusal.number,
        'The sandbox is set to refuse this refresh.',
        refusal.suberror,
      )

/** The OAuth codes that belong to Entra's numbers, in a redirect; all other numbers have `access_denied`. */
const errorsOf: Readonly<Record<number, string>> = {
  50076: 'interaction_required',
  53003: 'interaction_required',
  650057: 'invalid_resource',
  7000218: 'invalid_client',
  90094: 'consent_required',
}

const atRedeeming: Readonly<Record<number, string>> = {
  50196: 'temporarily_unavailable',
  650057: 'invalid_resource',
  7000218: 'invalid_client',
}

type SignInRefusal = NonNullable<SandboxSettings['signInRefusal']>

/** The reason a sign-in is refused, in Entra's form. Most numbers have another OAuth code at the token endpoint. */
export const signInRefusal = ({ at, number, error, suberror }: SignInRefusal): EntraError =>
  entraError(
    error ??
      (at === 'redeem' ? atRedeeming : errorsOf)[number] ??
      (at === 'redeem' ? 'invalid_grant' : 'access_denied'),
    number,
    'The sandbox is set to refuse this sign-in.',
    suberror,
  )

/**
 * Translates an error of oidc-provider into Entra's form. `detail` is oidc-provider's own reason, which it does not
 * send itself.
 */
export const asEntraError = (error: string, detail: string): EntraError => {
  switch (error) {
    case 'authorization_pending':
      return entraError(error, 70016, 'The person has not finished signing in yet.')
    case 'expired_token':
      return entraError(error, 70020, 'The device code has expired.')
    case 'access_denied':
      return entraError('authorization_declined', 65004, 'User declined to consent to access the app.')
    case 'invalid_client':
      return entraError('unauthorized_client', 700016, 'There is no such application in the sandbox tenant.')
    case 'unsupported_grant_type':
      return entraError(error, 70003, 'The grant type is not supported.')
    case 'invalid_scope':
      return entraError(error, 70011, 'The scope is not valid.')
    case 'invalid_grant':
      return invalidGrant(detail)
    default:
      return entraError(error, 900144, 'The request is not complete or not valid.')
  }
}

const invalidGrant = (detail: string): EntraError => {
  if (detail.includes('consumed')) return entraError('invalid_grant', 54005, 'The code was redeemed already.')
  if (detail.includes('code_'))
    return entraError('invalid_grant', 501481, 'The code verifier does not match.')
  if (detail.includes('redirect_uri'))
    return entraError('invalid_grant', 500112, 'The reply address differs.')
  if (detail.includes('expired')) return entraError('invalid_grant', 70008, 'The grant has expired.')
  return entraError('invalid_grant', 70000, 'The grant is not valid.')
}

/**
 * Why a sign-in cannot begin, as the page says it: the app or its address is not registered, so that an answer to that
 * address could reach a stranger. Null if it can begin.
 */
export const signInMistake = (clientId: string, redirectUri: string, settings: Settings): string | null => {
  const platform = platformOf(clientId)
  if (platform === null)
    return `AADSTS700016: Application with identifier '${clientId}' was not found in the directory 'Sandbox tenant'.`
  if (platform === 'spa' && settings.current.spaRedirects.length === 0)
    return 'AADSTS500113: No reply address is registered for the application.'
  return isRegistered(clientId, redirectUri, settings)
    ? null
    : `AADSTS50011: The redirect URI '${redirectUri}' specified in the request does not match the redirect URIs configured for the application '${clientId}'. Make sure the redirect URI sent in the request matches one added to your application.`
}
