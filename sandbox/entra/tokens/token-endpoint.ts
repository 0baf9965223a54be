import type { IncomingMessage } from 'node:http'
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import type { Person } from '../../people.ts'
import type { Settings } from '../../settings.ts'
import type { Consents } from '../consents.ts'
import { refusedOrigin, tokenCorsHeaders } from './cross-origin.ts'
import { DEVICE_CODE_PATH, TOKEN_PATH } from '../provider/authority.ts'
import { asEntraError, refreshRefusalOf, refreshRefusals, signInRefusal } from '../refusals.ts'
import type { RewrittenRequest } from '../rewrite-request.ts'
import { fullScopes } from '../scopes.ts'
import { endedSpaRefresh } from './spa-refresh.ts'

export interface TokenEndpointParts {
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly consents: Consents
  /** Refresh tokens that were revoked, by their value. */
  readonly revoked: ReadonlySet<string>
  readonly rewritten: WeakMap<IncomingMessage, RewrittenRequest>
}

type Answer = Record<string, unknown>

/** Makes the responses of the token and device code endpoints look like Entra's, including refused refreshes. */
export const dressTokenEndpoint = (provider: Provider, parts: TokenEndpointParts): void => {
  const reasons = new WeakMap<object, string>()
  const keepReason = (ctx: KoaContextWithOIDC, error: Error): void => {
    const { error_detail: detail } = error as { error_detail?: string }
    const cause = error.cause instanceof Error ? error.cause.message : ''
    reasons.set(ctx.req, `${detail ?? ''} ${cause}`)
  }
  provider.on('grant.error', keepReason)

  provider.use(async (ctx, next) => {
    if (ctx.path !== TOKEN_PATH && ctx.path !== DEVICE_CODE_PATH) {
      await next()
      return
    }
    const request = parts.rewritten.get(ctx.req)
    const refusal = request && (await refusalOf(provider, ctx.path, request, parts))
    if (refusal) {
      ctx.status = 400
      ctx.body = refusal
    } else {
      await next()
      const body = ctx.body as Answer | undefined
      if (typeof body?.error === 'string') {
        // A refresh token may have ended since.
        const late = request && (await refusedRefresh(provider, request.body, parts))
        ctx.body = late ?? asEntraError(body.error, reasons.get(ctx.req) ?? '')
      } else if (body?.device_code !== undefined) ctx.body = deviceAnswer(body, parts.settings)
      else if (body?.access_token !== undefined)
        ctx.body = await tokenAnswer(provider, body, request, parts.people)
    }
    // oidc-provider has not seen a request that is refused here, and knows no setting.
    ctx.vary('Origin')
    ctx.remove('access-control-allow-origin')
    ctx.set(tokenCorsHeaders(ctx.headers, parts.settings))
  })
}

/** Why oidc-provider is not even asked; null if it is. */
const refusalOf = async (
  provider: Provider,
  path: string,
  { request: { headers }, body }: RewrittenRequest,
  parts: TokenEndpointParts,
) =>
  (path === TOKEN_PATH ? refusedOrigin(body.get('client_id'), headers.origin, parts.settings) : null) ??
  refusedCode(body, parts.settings) ??
  (await refusedRefresh(provider, body, parts))

/** Why no token is issued for a code (typed or redirected); null if one is. */
const refusedCode = (body: URLSearchParams, { current: { signInRefusal: refusal } }: Settings) => {
  const isCode = body.has('grant_type') && body.get('grant_type') !== 'refresh_token'
  return isCode && refusal?.at === 'redeem' ? signInRefusal(refusal) : null
}

/** Why a refresh is refused, or null. Checked before oidc-provider, which does not distinguish these cases. */
const refusedRefresh = async (
  provider: Provider,
  body: URLSearchParams,
  { people, settings, consents, revoked }: TokenEndpointParts,
) => {
  if (body.get('grant_type') !== 'refresh_token') return null
  const { refreshRefusal } = settings.current
  if (refreshRefusal !== null) return refreshRefusalOf(refreshRefusal)
  const value = body.get('refresh_token') ?? ''
  if (revoked.has(value)) return refreshRefusals['50173']()
  const token = await provider.RefreshToken.find(value, { ignoreExpiration: true })
  if (token === undefined) return null
  const ended = endedSpaRefresh(token, settings)
  if (ended !== null) return ended
  if (token.isExpired) return refreshRefusals['700082']()
  const person = people.find(({ objectId }) => objectId === token.accountId)
  if (person === undefined) return null
  const granted = consents.granted(person, token.clientId ?? '')
  const wanted = (body.get('scope') ?? token.scope ?? '').split(' ').filter((scope) => /^[A-Z]/.test(scope))
  return wanted.every((scope) => granted.has(scope)) && granted.size > 0 ? null : refreshRefusals['65001']()
}

/** MSAL polls without a pause if `interval` is absent. */
const deviceAnswer = (
  body: Answer,
  { current: { deviceCodeInterval: interval, deviceCodePrompt } }: Settings,
): Answer => ({
  ...body,
  interval,
  ...(deviceCodePrompt?.verificationUri !== undefined && {
    verification_uri: deviceCodePrompt.verificationUri,
  }),
  ...(deviceCodePrompt?.userCode !== undefined && { user_code: deviceCodePrompt.userCode }),
  message: `To sign in, open ${String(body.verification_uri)} and type the code ${String(body.user_code)}.`,
})

const tokenAnswer = async (
  provider: Provider,
  body: Answer,
  request: RewrittenRequest | undefined,
  people: readonly Person[],
): Promise<Answer> => {
  const token = await provider.AccessToken.find(String(body.access_token))
  const person = people.find(({ objectId }) => objectId === token?.accountId)
  const scope = String(body.scope)
  return {
    ...body,
    scope: request?.fullScopes === true ? fullScopes(scope) : scope,
    ext_expires_in: body.expires_in,
    ...(person === undefined ? {} : { client_info: clientInfo(person) }),
  }
}

/** Identifies the account: MSAL derives its home account id from this. */
const clientInfo = ({ objectId, tenantId }: Person): string =>
  Buffer.from(JSON.stringify({ uid: objectId, utid: tenantId })).toString('base64url')
