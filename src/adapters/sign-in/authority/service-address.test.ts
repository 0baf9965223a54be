import { expect, test } from 'vitest'
import { serviceAddress } from './service-address.ts'

test.each([
  ['https://microsoft.com/devicelogin', 'https://microsoft.com/devicelogin'],
  ['HTTPS://Login.Example.ORG/a b?c=ü#é', 'https://login.example.org/a%20b?c=%C3%BC#%C3%A9'],
  ['http://localhost:8080/device', 'http://localhost:8080/device'],
  ['http://127.0.0.1/device', 'http://127.0.0.1/device'],
  // A Cyrillic letter in place of a Latin one.
  ['https://micr\u043esoft.com/devicelogin', 'https://xn--micrsoft-qbh.com/devicelogin'],
  ['https://login.example.org/\u001b[2J\u202e\u2028', 'https://login.example.org/%1B[2J%E2%80%AE%E2%80%A8'],
  ['https://login.example.org/a\r\nb', 'https://login.example.org/ab'],
])('%j is shown as %s', (text, shown) => {
  expect(serviceAddress(text)).toBe(shown)
  expect(shown).toMatch(/^[!-~]+$/)
})

test.each([
  'http://login.example.org/device',
  'http://localhost.evil.example/device',
  'https://login.microsoftonline.com@evil.example/device',
  'https://a:b@login.example.org/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'data:text/html,x',
  'ms-settings:',
  'login.example.org/device',
  '//login.example.org/device',
  '',
  'https://',
  'https://exa\u0000mple.org',
  `https://login.example.org/${'a'.repeat(8192)}`,
  `https://login.example.org/${'é'.repeat(4000)}`,
  null,
  undefined,
  42,
  { href: 'https://login.example.org' },
])('%j is not shown', (text) => {
  expect(serviceAddress(text)).toBeNull()
})
