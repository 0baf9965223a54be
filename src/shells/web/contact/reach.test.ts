import { expect, test } from 'vitest'
import { callAddress, dialOf, mailAddress } from './reach.ts'

test.each([
  [{ text: '2065550100', uri: 'tel:+12065550100' }, 'tel:+12065550100'],
  [{ text: '*672065550100', uri: null }, 'tel:*672065550100'],
  [{ text: '#31#0301234', uri: null }, 'tel:%2331%230301234'],
  [{ text: 'sip:ann@example.test', uri: null }, 'sip:ann@example.test'],
  [{ text: 'im:ann@example.test', uri: null }, 'sip:ann@example.test'],
  [{ text: 'javascript:alert(1)@x', uri: null }, 'sip:alert(1)@x'],
  [{ text: '', uri: null }, null],
])('%o is called by %s', (dial, address) => {
  expect(callAddress(dial)).toBe(address)
})

test('an address of a contact adds nothing to an e-mail', () => {
  expect(mailAddress('ann@example.test')).toBe('mailto:ann@example.test')
  expect(mailAddress('ann@example.test?bcc=eve@example.test')).toBe(
    'mailto:ann@example.test%3Fbcc%3Deve@example.test',
  )
})

test('a number can be called although its country is not known', async () => {
  const client = { dial: () => Promise.reject(new Error('no network')) }
  expect(await dialOf(client, '+1 (206) 555-0100')).toEqual({
    ...{ text: '+12065550100', uri: null, extension: null },
  })
})
