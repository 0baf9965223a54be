import { expect, test } from 'vitest'
import { isWithin, serviceUrl } from './service-url.ts'

test.each([
  'https://graph.microsoft.com',
  'https://dod-graph.microsoft.us/v1.0',
  'http://127.0.0.1:8080',
  'http://localhost:1/',
  'http://graph.localhost:1/',
  'http://[::1]:9/v1.0',
])('a token may go to %s', (address) => {
  expect(serviceUrl(address).href).toContain(new URL(address).host)
})

test.each([
  'http://graph.microsoft.com',
  'http://127.0.0.1.evil.test/',
  'http://localhost.evil.test/',
  'http://10.0.0.1/',
  'ftp://localhost/',
  'https://user:secret@graph.microsoft.com/',
  'graph.microsoft.com',
  '',
])('a token may not go to %j', (address) => {
  expect(() => serviceUrl(address)).toThrow('app-misconfigured')
})

const service = new URL('https://graph.microsoft.com/v1.0')

test('a link to the same origin leads to the service', () => {
  expect(isWithin(service, 'https://graph.microsoft.com/v1.0/me/contacts?%24skip=10')).toBe(true)
  expect(isWithin(service, 'https://graph.microsoft.com:443/v1.0/me')).toBe(true)
})

test.each([
  'https://graph.microsoft.com@evil.test/v1.0',
  'https://user@graph.microsoft.com/v1.0',
  'https://graph.microsoft.com.evil.test/',
  'https://graph.microsoft.com:444/',
  'http://graph.microsoft.com/',
  '//graph.microsoft.com/',
  '/v1.0/me/contacts?$skip=10',
  'javascript:alert(1)',
  '',
])('and to no other: %j', (link) => {
  expect(isWithin(service, link)).toBe(false)
})
