import type { IncomingMessage, ServerResponse } from 'node:http'
import { permissionsPage } from '../pages/permissions-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { sendPage } from '../pages/page.ts'
import type { Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import { declinedAnswer, sendAuthorizeAnswer } from './authorize-answer.ts'
import type { Consents } from './consents.ts'
import { signInMistake } from './refusals.ts'
import { readText } from '../read-text.ts'
import { shortScopes } from './scopes.ts'

export interface AdminConsentParts {
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly consents: Consents
}

/**
 * The endpoint where an administrator agrees for the whole tenant (Entra: admin consent on the Microsoft
 * identity platform). Every visitor counts as the sandbox's administrator.
 */
export const handleAdminConsent = async (
  request: IncomingMessage,
  response: ServerResponse,
  { people, settings, consents }: AdminConsentParts,
): Promise<void> => {
  const query = new URL(request.url ?? '/', 'http://localhost').searchParams
  const admin = people.find((person) => person.admin)
  const redirectUri = query.get('redirect_uri') ?? ''
  const clientId = query.get('client_id') ?? ''
  const mistake = signInMistake(clientId, redirectUri, settings)
  if (admin === undefined || mistake !== null) {
    const text = mistake ?? 'The sandbox tenant has no administrator.'
    sendPage(response, messagePage('sign-in-error', 'We could not sign you in', text), 400)
    return
  }
  const scopes = shortScopes(query.get('scope') ?? '').split(' ')
  const decision =
    request.method === 'POST' ? new URLSearchParams(await readText(request)).get('decision') : null
  if (decision === null) {
    sendPage(response, permissionsPage({ ...admin, admin: false }, scopes))
    return
  }
  const params = { redirect_uri: redirectUri, state: query.get('state') ?? undefined }
  if (decision === 'accept') {
    consents.grant(admin, clientId, [...scopes, ...includedScopes], true)
    const granted = { admin_consent: 'True', tenant: admin.tenantId, scope: query.get('scope') ?? '' }
    sendAuthorizeAnswer(response, params, granted)
    return
  }
  sendAuthorizeAnswer(response, params, { admin_consent: 'True', ...declinedAnswer('described') })
}

/** Granted with every first consent, even if not requested (Microsoft identity platform: "Scopes and permissions"). */
const includedScopes = ['openid', 'profile', 'offline_access']
