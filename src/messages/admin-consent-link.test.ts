import { expect, it } from 'vitest'
import { adminConsentLink } from './admin-consent-link.ts'

const clientId = '11111111-2222-4333-8444-555555555555'

it('asks to read the contacts of all users of the organization', () => {
  expect(adminConsentLink({ clientId })).toBe(
    `https://login.microsoftonline.com/organizations/v2.0/adminconsent?client_id=${clientId}` +
      '&scope=https%3A%2F%2Fgraph.microsoft.com%2FContacts.Read&redirect_uri=http%3A%2F%2Flocalhost',
  )
})

it('opens in the tenant and the cloud of the app', () => {
  const link = new URL(
    adminConsentLink({
      clientId,
      tenant: 'contoso.example',
      authority: 'https://login.microsoftonline.us/common',
      graphUrl: 'https://graph.microsoft.us/v1.0',
    }),
  )
  expect(link.host).toBe('login.microsoftonline.us')
  expect(link.pathname).toBe('/contoso.example/v2.0/adminconsent')
  expect(link.searchParams.get('scope')).toBe('https://graph.microsoft.us/Contacts.Read')
})

it.each([
  [{ authority: 'https://login.microsoftonline.com/contoso.example' }, 'contoso.example'],
  [{ authority: 'https://login.microsoftonline.com/contoso.example/', tenant: 'other' }, 'other'],
  [{ authority: 'https://login.microsoftonline.com/common' }, 'organizations'],
  [{ tenant: 'common' }, 'organizations'],
  [{ tenant: 'consumers' }, 'organizations'],
])('with %o asks at %s', (where, tenant) => {
  expect(new URL(adminConsentLink({ clientId, ...where })).pathname).toBe(`/${tenant}/v2.0/adminconsent`)
})

it('escapes the tenant name, so that it cannot change the address', () => {
  expect(new URL(adminConsentLink({ clientId, tenant: '../x?y' })).pathname).toBe(
    '/..%2Fx%3Fy/v2.0/adminconsent',
  )
})
