import { describe, expect, it } from 'vitest'
import { ImportFailure } from '../../domain/failures.ts'
import { codeOfNumber } from './error-numbers.ts'
import {
  codeOfError,
  failureOfAnswer,
  failureOfRedeeming,
  failureOfRenewal,
  failureOfTokenAnswer,
} from './errors.ts'

const correlationId = '3f2504e0-4f89-41d3-9a0c-0305e82c3301'

const answered = (answer: Record<string, string>) => {
  const { code, details } = failureOfAnswer(new URLSearchParams(answer), correlationId)
  return [code, details.serviceCode]
}

/** An error as MSAL throws it for an answer of the token endpoint. */
const thrown = (errorCode: string, rest: object = {}) =>
  Object.assign(new Error('See https://aka.ms/msal.js.errors'), {
    name: 'ServerError',
    errorCode,
    errorMessage: '',
    correlationId,
    ...rest,
  })

describe('an answer of the sign-in page', () => {
  it.each([
    ['AADSTS65004', 'consent-declined'],
    ['AADSTS90093', 'admin-approval-needed'],
    ['AADSTS90094', 'admin-approval-needed'],
    ['AADSTS90095', 'admin-approval-needed'],
    ['AADSTS900941', 'admin-approval-needed'],
    ['AADSTS900981', 'admin-approval-needed'],
    ['AADSTS50105', 'admin-approval-needed'],
    ['AADSTS65001', 'permission-missing'],
    ['AADSTS16000', 'different-account'],
    ['AADSTS16003', 'different-account'],
    ['AADSTS50014', 'different-account'],
    ['AADSTS50020', 'different-account'],
    ['AADSTS50034', 'different-account'],
    ['AADSTS51004', 'different-account'],
    ['AADSTS90072', 'different-account'],
    ['AADSTS500200', 'different-account'],
    ['AADSTS500208', 'different-account'],
    ['AADSTS50053', 'sign-in-blocked'],
    ['AADSTS50055', 'sign-in-blocked'],
    ['AADSTS50057', 'sign-in-blocked'],
    ['AADSTS50072', 'sign-in-blocked'],
    ['AADSTS50074', 'sign-in-blocked'],
    ['AADSTS50076', 'sign-in-blocked'],
    ['AADSTS50079', 'sign-in-blocked'],
    ['AADSTS50097', 'sign-in-blocked'],
    ['AADSTS50126', 'sign-in-blocked'],
    ['AADSTS50129', 'sign-in-blocked'],
    ['AADSTS50131', 'sign-in-blocked'],
    ['AADSTS500021', 'sign-in-blocked'],
    ['AADSTS500213', 'sign-in-blocked'],
    ['AADSTS50158', 'sign-in-blocked'],
    ['AADSTS53000', 'sign-in-blocked'],
    ['AADSTS53001', 'sign-in-blocked'],
    ['AADSTS53003', 'sign-in-blocked'],
    ['AADSTS530032', 'sign-in-blocked'],
    ['AADSTS50011', 'app-misconfigured'],
    ['AADSTS50059', 'app-misconfigured'],
    ['AADSTS50194', 'app-misconfigured'],
    ['AADSTS500011', 'app-misconfigured'],
    ['AADSTS9002313', 'app-misconfigured'],
    ['AADSTS9002332', 'app-misconfigured'],
    ['AADSTS65005', 'app-misconfigured'],
    ['AADSTS650052', 'app-misconfigured'],
    ['AADSTS650056', 'app-misconfigured'],
    ['AADSTS650057', 'app-misconfigured'],
    ['AADSTS700016', 'app-misconfigured'],
    ['AADSTS7000112', 'app-misconfigured'],
    ['AADSTS7000218', 'app-misconfigured'],
    ['AADSTS90008', 'app-misconfigured'],
    ['AADSTS70018', 'consent-timed-out'],
    ['AADSTS70019', 'consent-timed-out'],
    ['AADSTS70020', 'consent-timed-out'],
    ['AADSTS90033', 'service-unavailable'],
    ['AADSTS90090', 'service-unavailable'],
    ['AADSTS50196', 'throttled'],
    ['AADSTS501481', 'bad-answer'],
    ['AADSTS50058', 'sign-in-expired'],
    ['AADSTS50089', 'sign-in-expired'],
    ['AADSTS50173', 'sign-in-expired'],
    ['AADSTS54005', 'sign-in-expired'],
    ['AADSTS70000', 'sign-in-expired'],
    ['AADSTS70008', 'sign-in-expired'],
    ['AADSTS70043', 'sign-in-expired'],
    ['AADSTS700082', 'sign-in-expired'],
  ])('with %s means %s, whatever the OAuth code', (number, code) => {
    for (const error of ['access_denied', 'server_error', 'something_new'])
      expect(answered({ error, error_description: `${number}: Ada may not.` })).toEqual([code, number])
    expect(Object.keys(codeOfNumber)).toContain(number.slice(6))
  })

  it.each([
    ['access_denied', 'consent-declined'],
    ['authorization_declined', 'consent-declined'],
    ['expired_token', 'consent-timed-out'],
    ['bad_verification_code', 'consent-timed-out'],
    ['device_code_expired', 'consent-timed-out'],
    ['consent_required', 'consent-declined'],
    ['interaction_required', 'sign-in-expired'],
    ['login_required', 'sign-in-expired'],
    ['account_selection_required', 'sign-in-expired'],
    ['invalid_grant', 'sign-in-expired'],
    ['no_tokens_found', 'sign-in-expired'],
    ['no_account_in_silent_request', 'sign-in-expired'],
    ['refresh_token_expired', 'sign-in-expired'],
    ['invalid_client', 'app-misconfigured'],
    ['invalid_request', 'app-misconfigured'],
    ['invalid_resource', 'app-misconfigured'],
    ['invalid_scope', 'app-misconfigured'],
    ['unauthorized_client', 'app-misconfigured'],
    ['unsupported_grant_type', 'app-misconfigured'],
    ['unsupported_response_type', 'app-misconfigured'],
    ['server_error', 'service-unavailable'],
    ['temporarily_unavailable', 'service-unavailable'],
    ['network_error', 'offline'],
    ['endpoints_resolution_error', 'offline'],
  ])('with %s alone means %s', (error, code) => {
    expect(answered({ error })).toEqual([code, error])
    expect(answered({ error, error_subcode: 'cancel' })).toEqual([code, error])
    expect(Object.keys(codeOfError)).toContain(error)
  })

  it('may have its number only in the address of an explanation', () => {
    expect(
      answered({
        error: 'consent_required',
        error_uri: 'https://login.microsoftonline.com/error?code=90094',
      }),
    ).toEqual(['admin-approval-needed', 'AADSTS90094'])
  })

  it('that is not known is a bad answer, and nothing of it is kept', () => {
    for (const error of ['ada_lovelace', 'constructor', ''])
      expect(answered({ error, error_description: 'Ada Lovelace' })).toEqual(['bad-answer', undefined])
  })

  it.each([
    'access_denied',
    'interaction_required',
    'login_required',
    'account_selection_required',
    'invalid_grant',
  ])('with %s and an unknown number is a refusal of Entra, not of the person', (error) => {
    expect(answered({ error, error_description: 'AADSTS530003: ?' })).toEqual([
      'sign-in-blocked',
      'AADSTS530003',
    ])
    const renewal = failureOfRenewal(thrown(error, { errorNo: 530003 }))
    expect(renewal.code).toBe('sign-in-expired')
  })

  it('carries the correlation id for the administrator, and no word of the description', () => {
    const description = 'AADSTS65004: ada@example.org declined. Trace ID: x'
    const failure = failureOfAnswer(
      new URLSearchParams({ error: 'access_denied', error_description: description }),
      correlationId,
    )
    expect(failure.details).toEqual({ requestId: correlationId, serviceCode: 'AADSTS65004' })
    expect(failure.message).toBe('consent-declined')
    expect(failure.cause).toBeUndefined()
  })
})

describe('a refusal of the token endpoint', () => {
  const refused = (answer: object) => {
    const { code, details } = failureOfTokenAnswer({ error: 'invalid_grant', ...answer })
    return [code, details.serviceCode]
  }

  it('with several numbers is identified by the first known one', () => {
    expect(refused({ error_codes: [999991, 53003, 54005] })).toEqual(['sign-in-blocked', 'AADSTS53003'])
    expect(refused({ error_codes: [999991, 999992] })).toEqual(['sign-in-blocked', 'AADSTS999991'])
    expect(refused({ error_description: 'AADSTS999991: x. AADSTS50020: y' })).toEqual([
      'different-account',
      'AADSTS50020',
    ])
  })

  it('may have its number in a member of any type, or only in the text', () => {
    const description = 'AADSTS50020: User account does not exist in tenant.'
    for (const answer of [
      { error_codes: ['50020'] },
      { error_codes: 50020 },
      { error_codes: '50020', error_description: 42 },
      { error_codes: null, error_description: description },
      { error_codes: [], error_description: description },
      { error_codes: [{}, null, 'x'], error_description: description },
      { error: 53003, error_codes: [50020] },
      { error: null, error_description: description, correlation_id: 7 },
    ])
      expect(refused(answer)).toEqual(['different-account', 'AADSTS50020'])
  })

  it.each([
    ['basic_action', 'sign-in-blocked'],
    ['additional_action', 'sign-in-blocked'],
    ['message_only', 'sign-in-blocked'],
    ['protection_policy_required', 'sign-in-blocked'],
    ['user_password_expired', 'sign-in-blocked'],
    ['device_authentication_failed', 'sign-in-blocked'],
    ['consent_required', 'permission-missing'],
    ['bad_token', 'sign-in-expired'],
    ['token_expired', 'sign-in-expired'],
    ['client_mismatch', 'sign-in-expired'],
    [42, 'sign-in-expired'],
  ])('without a number is told by its class: %s means %s', (suberror, code) => {
    expect(refused({ suberror })[0]).toBe(code)
    expect(refused({ suberror, error_codes: [50020] })[0]).toBe('different-account')
  })
})

describe('a code that is not redeemed', () => {
  it('is identified by the number that the token endpoint sent, as a number or in the text', () => {
    expect(failureOfRedeeming(thrown('invalid_client', { errorNo: 7000218 })).code).toBe('app-misconfigured')
    expect(failureOfRedeeming(thrown('invalid_grant', { errorNo: '53003' })).code).toBe('sign-in-blocked')
    expect(
      failureOfRedeeming(thrown('invalid_grant', { errorMessage: 'AADSTS54005: used' })).details,
    ).toEqual({
      requestId: correlationId,
      serviceCode: 'AADSTS54005',
    })
  })

  it('passes on a failure, and counts anything else as internal', () => {
    const failure = new ImportFailure('permission-missing')
    expect(failureOfRedeeming(failure)).toBe(failure)
    expect(failureOfRedeeming(new TypeError('x')).code).toBe('internal')
    expect(failureOfRedeeming('x').code).toBe('internal')
  })

  it('drops an invalid correlation id', () => {
    expect(failureOfRedeeming(thrown('network_error', { correlationId: 'ada' })).details).toEqual({
      serviceCode: 'network_error',
    })
  })
})

describe('a renewal', () => {
  it('says so if it is refused because the permission was revoked', () => {
    for (const refusal of [{ errorNo: 65001 }, { errorNo: '65001' }, { subError: 'consent_required' }])
      expect(failureOfRenewal(thrown('invalid_grant', refusal)).code).toBe('permission-removed')
  })

  it('that is refused for any other reason needs a new sign-in', () => {
    for (const errorNo of [50173, 53003, 700082, 70043, 50076, undefined])
      expect(failureOfRenewal(thrown('invalid_grant', { errorNo })).code).toBe('sign-in-expired')
    expect(failureOfRenewal(thrown('interaction_required', { errorNo: 50076 })).code).toBe('sign-in-expired')
    expect(failureOfRenewal(thrown('no_tokens_found')).code).toBe('sign-in-expired')
    expect(failureOfRenewal(thrown('invalid_grant', { errorNo: 50173 })).details.serviceCode).toBe(
      'AADSTS50173',
    )
  })

  it('that needs the person again after a new rule of the organization is an expired sign-in', () => {
    for (const subError of ['basic_action', 'additional_action', 'message_only', 'user_password_expired'])
      expect(failureOfRenewal(thrown('invalid_grant', { subError })).code).toBe('sign-in-expired')
    expect(failureOfRenewal(thrown('interaction_required', { errorNo: 50079 })).code).toBe('sign-in-expired')
  })

  it('that could not be requested is not a refusal', () => {
    expect(failureOfRenewal(thrown('invalid_grant', { errorNo: 90033 })).code).toBe('service-unavailable')
    expect(failureOfRenewal(thrown('invalid_grant', { errorNo: 50196 })).code).toBe('throttled')
    expect(failureOfRenewal(thrown('network_error')).code).toBe('offline')
    expect(failureOfRenewal(thrown('temporarily_unavailable')).code).toBe('service-unavailable')
    expect(failureOfRenewal(thrown('unauthorized_client', { errorNo: 700016 })).code).toBe(
      'app-misconfigured',
    )
    expect(failureOfRenewal(new ImportFailure('offline')).code).toBe('offline')
    expect(failureOfRenewal(new TypeError('x')).code).toBe('internal')
  })
})
