import { expect, it } from 'vitest'
import { coverContacts, scopesFor } from './scopes.ts'

it('requests contacts of the Graph that is used, also in national clouds', () => {
  expect(scopesFor('https://graph.microsoft.com/v1.0')).toEqual(['https://graph.microsoft.com/Contacts.Read'])
  expect(scopesFor('https://graph.microsoft.us')).toEqual(['https://graph.microsoft.us/Contacts.Read'])
  expect(scopesFor('https://dod-graph.microsoft.us/v1.0/')).toEqual([
    'https://dod-graph.microsoft.us/Contacts.Read',
  ])
  expect(scopesFor('http://localhost:4100/v1.0')).toEqual(['Contacts.Read'])
})

it('accepts reading or writing contacts, however the scope is spelled', () => {
  for (const scope of ['Contacts.Read', 'contacts.readwrite', 'https://graph.microsoft.us/Contacts.Read'])
    expect(coverContacts(['openid', scope])).toBe(true)
})

it('accepts nothing else', () => {
  for (const scope of [
    'openid',
    'User.Read',
    'Contacts.Read.Shared',
    'OrgContact.Read.All',
    'NotContacts.Read',
    '',
  ])
    expect(coverContacts([scope])).toBe(false)
  expect(coverContacts([])).toBe(false)
})
