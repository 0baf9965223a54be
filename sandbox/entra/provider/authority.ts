import { randomBytes } from 'node:crypto'
import type { Configuration, KoaContextWithOIDC, Provider } from 'oidc-provider'
import { BANNER, openerHeaders, type Page, PROVIDER_CSP, renderPage } from '../../pages/page.ts'
import { confirmCodePage, enterCodePage, logoutPage } from '../../pages/device-pages.ts'
import { messagePage } from '../../pages/message-page.ts'
import type { Person } from '../../people.ts'
import type { Settings } from '../../settings.ts'
import type { Consents } from '../consents.ts'
import { issuerOf, withIssuer } from '../answer-issuer.ts'
import { loadProvider } from './load-provider.ts'
import { platformOf, spaOrigins } from '../apps.ts'
import { spaRefreshEnd } from '../tokens/spa-refresh.ts'
import { signInMistake } from '../refusals.ts'
import { hintedLogin, silentPrompt } from '../silent-sign-in.ts'
import { clientAdapter, nativeClient } from './clients.ts'
import { signingKey } from './signing-key.ts'
import type { Storage } from './storage.ts'

export interface AuthorityParts {
  readonly origin: string
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly consents: Consents
  readonly storage: Storage
}

export const TOKEN_PATH = '/common/oauth2/v2.0/token'
export const DEVICE_CODE_PATH = '/common/oauth2/v2.0/devicecode'
export const INTERACTION_PATH = '/common/interaction/'

const SCOPES = [
  'openid',
  'profile',
  'offline_access',
  'email',
  'User.Read',
  'Contacts.Read',
  'Contacts.ReadWrite',
]
const DAY = 24 * 3600

/** oidc-provider, configured to look like Entra's endpoints for public client apps. */
export const createAuthority = async (parts: AuthorityParts): Promise<Provider> => {
  const [module, key] = await Promise.all([loadProvider(), signingKey()])
  const { Provider, interactionPolicy } = module
  const { origin, people, settings, consents, storage } = parts
  const show = showWith(settings)

  const policy = interactionPolicy.base()
  // Entra asks for consent once, not at each sign-in of an app without a secret.
  policy.get('consent')?.checks.remove('native_client_prompt')
  policy.add(new interactionPolicy.Prompt({ name: 'select_account', requestable: true }), 0)
  policy.add(silentPrompt(module, { people, settings, consents }), 0)
  policy.get('login')?.checks.add(hintedLogin(module, people))

  const personOf = (objectId: string | undefined): Person | undefined =>
    people.find((person) => person.objectId === objectId)

  const configuration: Configuration = {
    adapter: (name) =>
      name === 'Client' ? clientAdapter(settings, storage.adapter(name)) : storage.adapter(name),
    clients: [nativeClient],
    // The SPA client has its registered origins; programs need no CORS.
    clientBasedCORS: (_ctx, from, { clientId }) =>
      platformOf(clientId) === 'spa' && spaOrigins(settings).includes(from),
    claims: {
      openid: ['sub', 'oid', 'tid', 'ver'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
    },
    conformIdTokenClaims: false,
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: {
        enabled: true,
        charset: 'base-20',
        mask: '*********',
        userCodeInputSource: (ctx, form, _out, error) => show(ctx, enterCodePage(form, error !== undefined)),
        userCodeConfirmSource: (ctx, form, _client, _device, userCode) =>
          show(ctx, confirmCodePage(form, userCode)),
        successSource: (ctx) =>
          show(
            ctx,
            messagePage(
              'device-done',
              'You are signed in',
              'You can close this tab and go back to your device.',
            ),
          ),
      },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => show(ctx, logoutPage(form)),
        postLogoutSuccessSource: (ctx) =>
          show(ctx, messagePage('signed-out', 'You signed out', 'You can close this tab.')),
      },
      userinfo: { enabled: false },
    },
    expiresWithSession: () => false,
    findAccount: (_ctx, objectId) => accountOf(personOf(objectId)),
    interactions: { policy, url: (_ctx, { uid }) => `${INTERACTION_PATH}${uid}` },
    // oidc-provider drops offline_access without prompt=consent; Entra does not.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    jwks: { keys: [key] },
    loadExistingGrant: async (ctx) => {
      const chosen = ctx.oidc.result?.consent?.grantId
      if (chosen !== undefined) return provider.Grant.find(chosen)
      const person = personOf(ctx.oidc.account?.accountId)
      const { clientId = '' } = ctx.oidc.client ?? {}
      const granted = person === undefined ? [] : [...consents.granted(person, clientId)]
      if (person === undefined || granted.length === 0) return undefined
      const grant = new provider.Grant({ accountId: person.objectId, clientId })
      grant.addOIDCScope(granted.join(' '))
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    renderError: (ctx, out) => {
      const { client_id: clientId, redirect_uri: redirectUri } = ctx.query
      const isMistake = out.error === 'invalid_client' || out.error === 'invalid_redirect_uri'
      const mistake = isMistake ? signInMistake(String(clientId), String(redirectUri), settings) : null
      const text = mistake ?? `${out.error}: ${out.error_description ?? ''}`
      show(ctx, messagePage('sign-in-error', 'We could not sign you in', text))
    },
    responseTypes: ['code'],
    rotateRefreshToken: true,
    routes: {
      authorization: '/common/oauth2/v2.0/authorize',
      token: TOKEN_PATH,
      device_authorization: DEVICE_CODE_PATH,
      code_verification: '/common/oauth2/deviceauth',
      end_session: '/common/oauth2/v2.0/logout',
      jwks: '/common/discovery/v2.0/keys',
      revocation: '/common/oauth2/v2.0/revoke',
    },
    scopes: SCOPES,
    ttl: {
      AccessToken: () => settings.current.accessTokenLifetime,
      AuthorizationCode: 600,
      DeviceCode: () => settings.current.deviceCodeLifetime,
      Grant: 365 * DAY,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: (_ctx, token, { clientId }) =>
        platformOf(clientId) === 'spa'
          ? Math.max(1, Math.floor(spaRefreshEnd(token, settings) - Date.now() / 1000))
          : settings.current.refreshTokenLifetime,
      Session: DAY,
    },
  }
  const issuer = issuerOf(origin)
  const provider = new Provider(issuer, configuration)
  provider.use(async (ctx, next) => {
    ctx.set('content-security-policy', PROVIDER_CSP)
    await next()
    // The provider's own pages only submit a form; without a script they would stay on the screen.
    if (ctx.type === 'text/html' && typeof ctx.body === 'string')
      ctx.body = withIssuer(
        ctx.body.replace('<body>', `<body data-page="form-post"><p>${BANNER}</p>`),
        issuer,
        settings,
      )
    const { location } = ctx.response.headers
    if (typeof location === 'string' && !location.startsWith(`${origin}/`))
      ctx.set('location', withIssuer(location, issuer, settings))
  })
  return provider
}

const accountOf = (person: Person | undefined) =>
  person && {
    accountId: person.objectId,
    claims: () => ({
      sub: person.objectId,
      oid: person.objectId,
      tid: person.tenantId,
      ver: '2.0',
      name: person.name,
      preferred_username: person.username,
      email: person.username,
    }),
  }

const showWith =
  (settings: Settings) =>
  (ctx: KoaContextWithOIDC, page: Page): void => {
    const { html, headers } = renderPage(page)
    ctx.set({ ...headers, ...openerHeaders(settings) })
    ctx.body = html
  }
