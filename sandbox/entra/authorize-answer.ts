import type { ServerResponse } from 'node:http'
import { formPostPage } from '../pages/form-post-page.ts'
import { sendPage } from '../pages/page.ts'
import type { SandboxSettings } from '../settings.ts'
import { entraError } from './entra-error.ts'

export type Declined = SandboxSettings['declineForm']

/** The response to the app if the user declined. Entra has worded it in several ways over the years. */
export const declinedAnswer = (form: Declined): Record<string, string> => {
  const { error_description, error_uri } = entraError(
    'access_denied',
    65004,
    'User declined to consent to access the app.',
  )
  switch (form) {
    case 'described':
      return { error: 'access_denied', error_description, error_uri }
    case 'consent-required':
      return { error: 'consent_required', error_description, error_uri }
    case 'subcode':
      return { error: 'access_denied', error_subcode: 'cancel' }
    case 'personal':
      return {
        error: 'access_denied',
        error_description: 'The user has denied access to the scope requested by the client application.',
      }
  }
}

/** Sends a response of the authorize endpoint to the app, in the requested `response_mode`. */
export const sendAuthorizeAnswer = (
  response: ServerResponse,
  params: Readonly<Record<string, unknown>>,
  answer: Readonly<Record<string, string>>,
): void => {
  const redirectUri = String(params.redirect_uri)
  const values = { ...answer, ...(typeof params.state === 'string' ? { state: params.state } : {}) }
  if (params.response_mode === 'form_post') {
    sendPage(response, formPostPage(redirectUri, values))
    return
  }
  const target = new URL(redirectUri)
  if (params.response_mode === 'fragment') target.hash = new URLSearchParams(values).toString()
  else for (const [name, value] of Object.entries(values)) target.searchParams.set(name, value)
  response.writeHead(303, { location: target.href, 'cache-control': 'no-store' }).end()
}
