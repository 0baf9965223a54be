import { describe, expect, it } from 'vitest'
import { announcedIssuer, isFromIssuer } from './response-issuer.ts'

const tenant = '9188040d-6c67-4c5b-b112-36a304b66dad'
const answer = (iss?: string) => new URLSearchParams({ code: 'c', ...(iss !== undefined && { iss }) })

describe('an authorization response', () => {
  it('needs an issuer if the metadata announces one', () => {
    const metadata = { issuer: 'https://login.example.org' }
    expect(isFromIssuer(answer(), announcedIssuer(metadata))).toBe(true)
    const announced = { ...metadata, authorization_response_iss_parameter_supported: true }
    expect(isFromIssuer(answer(), announcedIssuer(announced))).toBe(false)
    expect(isFromIssuer(answer('https://login.example.org'), announcedIssuer(announced))).toBe(true)
    expect(isFromIssuer(new URLSearchParams({ error: 'access_denied' }), announcedIssuer(announced))).toBe(
      false,
    )
    for (const odd of [false, null, 'true', 1]) {
      const said = { ...metadata, authorization_response_iss_parameter_supported: odd }
      expect(isFromIssuer(answer(), announcedIssuer(said))).toBe(true)
    }
  })

  it.each([
    'https://evil.example',
    'https://login.example.org/',
    'https://LOGIN.example.org',
    'https://login.example.org/common',
    'http://login.example.org',
    'https://login.example.org ',
    '',
  ])('of the issuer %j is not of https://login.example.org, announced or not', (iss) => {
    for (const isSent of [true, false])
      expect(isFromIssuer(answer(iss), { issuer: 'https://login.example.org', isSent })).toBe(false)
  })

  it.each([
    'https://login.microsoftonline.com',
    'https://login.microsoftonline.us',
    'https://login.partner.microsoftonline.cn',
  ])('of any tenant of %s is one of its common address', (host) => {
    const announced = announcedIssuer({ issuer: `${host}/{tenantid}/v2.0` })
    expect(isFromIssuer(answer(`${host}/${tenant}/v2.0`), announced)).toBe(true)
    for (const iss of [
      `${host}/{tenantid}/v2.0`,
      `${host}/common/v2.0`,
      `${host}/${tenant}/v2.0/`,
      `${host}/${tenant}/`,
      `${host}//v2.0`,
      `${host}/v2.0`,
      `${host}/${tenant}/x/v2.0`,
      `https://evil.example/${tenant}/v2.0`,
      `https://sts.windows.net/${tenant}/`,
      '',
    ])
      expect(isFromIssuer(answer(iss), announced)).toBe(false)
  })

  it('with an issuer is refused if the metadata names none, because it cannot be compared', () => {
    for (const metadata of [{}, { issuer: '' }, { issuer: 42 }]) {
      expect(isFromIssuer(answer('https://login.example.org'), announcedIssuer(metadata))).toBe(false)
      expect(isFromIssuer(answer(), announcedIssuer(metadata))).toBe(true)
    }
  })
})
