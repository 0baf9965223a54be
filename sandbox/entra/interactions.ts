import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Provider } from 'oidc-provider'
import { chooseAccountPage } from '../pages/choose-account-page.ts'
import { messagePage } from '../pages/message-page.ts'
import { needApprovalPage } from '../pages/need-approval-page.ts'
import { sendPage } from '../pages/page.ts'
import { permissionsPage } from '../pages/permissions-page.ts'
import { hasUsername, type Person } from '../people.ts'
import type { Settings } from '../settings.ts'
import type { Consents } from './consents.ts'
import { answerIssuer } from './answer-issuer.ts'
import { type Declined, declinedAnswer, sendAuthorizeAnswer } from './authorize-answer.ts'
import { signInRefusal } from './refusals.ts'
import { readText } from '../read-text.ts'

type Interaction = Awaited<ReturnType<Provider['interactionDetails']>>

export interface InteractionParts {
  readonly provider: Provider
  readonly issuer: string
  readonly people: readonly Person[]
  readonly settings: Settings
  readonly consents: Consents
}

/** The pages that a user goes through: pick an account, accept or decline. */
export class Interactions {
  readonly #parts: InteractionParts

  constructor(parts: InteractionParts) {
    this.#parts = parts
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let interaction: Interaction
    try {
      interaction = await this.#parts.provider.interactionDetails(request, response)
    } catch {
      const text =
        'This sign-in has ended, or it was started in another browser. Go back to the app and start again.'
      sendPage(response, messagePage('sign-in-error', 'We could not sign you in', text), 400)
      return
    }
    const form = request.method === 'POST' ? new URLSearchParams(await readText(request)) : null
    if (form?.get('decision') === 'cancel') await this.#cancel(request, response, interaction)
    else if (interaction.prompt.name === 'consent') await this.#consent(request, response, interaction, form)
    else await this.#chooseAccount(request, response, interaction, form)
  }

  async #chooseAccount(
    request: IncomingMessage,
    response: ServerResponse,
    interaction: Interaction,
    form: URLSearchParams | null,
  ): Promise<void> {
    const { provider, people, settings } = this.#parts
    if (form === null) {
      const hint = interaction.params.login_hint
      sendPage(response, chooseAccountPage(people, typeof hint === 'string' ? { hint } : {}))
      return
    }
    const typed = form.get('username')
    const person = people.find((each) => each.id === form.get('account') || hasUsername(each, typed))
    if (person === undefined) {
      sendPage(
        response,
        chooseAccountPage(people, { error: 'The sandbox tenant has no such account. (AADSTS50034)' }),
      )
      return
    }
    const refusal = settings.current.signInRefusal
    if (refusal?.at === 'page') {
      const text = `The sandbox is set to refuse this sign-in. (AADSTS${refusal.number})`
      sendPage(response, messagePage('blocked', 'You cannot get there from here', text), 400)
      return
    }
    if (refusal?.at === 'return') {
      const { error, error_description, error_uri } = signInRefusal(refusal)
      await interaction.destroy()
      this.#answer(response, interaction, { error, error_description, error_uri })
      return
    }
    const result = { select_account: {}, login: { accountId: person.objectId } }
    await provider.interactionFinished(request, response, result)
  }

  async #consent(
    request: IncomingMessage,
    response: ServerResponse,
    interaction: Interaction,
    form: URLSearchParams | null,
  ): Promise<void> {
    const { provider, settings, consents } = this.#parts
    const person = this.#personOf(interaction)
    const scopes = scopesOf(interaction)
    if (settings.current.needAdminApproval && !person.admin) {
      sendPage(response, needApprovalPage(person.username))
      return
    }
    if (form?.get('decision') !== 'accept') {
      sendPage(response, permissionsPage(person, [...scopes, 'offline_access']))
      return
    }
    const { withheldScopes } = settings.current
    const forOrganization = person.admin && form.get('organization') === 'yes'
    const clientId = String(interaction.params.client_id)
    consents.grant(
      person,
      clientId,
      scopes.filter((scope) => !withheldScopes.includes(scope)),
      forOrganization,
    )
    const grant = new provider.Grant({ accountId: person.objectId, clientId })
    grant.addOIDCScope([...consents.granted(person, clientId)].join(' '))
    if (withheldScopes.length > 0) grant.rejectOIDCScope(withheldScopes.join(' '))
    const grantId = await grant.save()
    await provider.interactionFinished(
      request,
      response,
      { consent: { grantId } },
      { mergeWithLastSubmission: true },
    )
  }

  async #cancel(request: IncomingMessage, response: ServerResponse, interaction: Interaction): Promise<void> {
    const { provider, settings } = this.#parts
    const atConsent = interaction.prompt.name === 'consent'
    const blocked = atConsent && settings.current.needAdminApproval && !this.#personOf(interaction).admin
    const form: Declined = atConsent && !blocked ? settings.current.declineForm : 'subcode'
    if (interaction.params.redirect_uri === undefined) {
      await provider.interactionFinished(request, response, { error: 'access_denied' })
      return
    }
    await interaction.destroy()
    this.#answer(response, interaction, declinedAnswer(form))
  }

  #answer(response: ServerResponse, { params }: Interaction, answer: Readonly<Record<string, string>>): void {
    const iss = answerIssuer(this.#parts.issuer, this.#parts.settings)
    sendAuthorizeAnswer(response, params, iss === null ? answer : { ...answer, iss })
  }

  #personOf(interaction: Interaction): Person {
    const person = this.#parts.people.find(({ objectId }) => objectId === interaction.session?.accountId)
    if (person === undefined) throw new Error('Consent was requested without a person')
    return person
  }
}

/** If consent is requested again although everything is granted, oidc-provider names no missing scopes. */
const scopesOf = ({ prompt, params }: Interaction): string[] => {
  const missing = prompt.details.missingOIDCScope as string[] | undefined
  return missing ?? String(params.scope).split(' ')
}
