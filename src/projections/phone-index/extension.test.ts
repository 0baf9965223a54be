import { expect, test } from 'vitest'
import { dial } from './dial.ts'
import { phoneExtension } from './extension.ts'

test.each([
  ['+1-206-555-0100;ext=99', '99'],
  ['(206) 555-0100 x12', '12'],
  ['206.555.0100 ext. 4', '4'],
  ['2065550100,,1234#', '1234'],
  ['030 12345678 Durchwahl 12', '12'],
  ['+49/171/2345678 x5', '5'],
  ['Home: +1 206 555 0100 x5', '5'],
  ['1-800-FLOWERS x12', '12'],
  ['(206) 555-0100', null],
  ['102', null],
  ['9,12065550100', null],
  ['sip:2065550100@x12', null],
  ['', null],
])('the extension of "%s" is %s, and is dialled', (value, extension) => {
  expect(phoneExtension(value)).toBe(extension)
  expect(dial(value, { country: 'US' }).extension).toBe(extension)
})

test('a text with two numbers does not tell whose extension it is', () => {
  expect(phoneExtension('206 555 0100 / 206 555 0101 x5')).toBeNull()
  expect(phoneExtension('206 555 0100 or 206 555 0101 x5')).toBeNull()
  expect(phoneExtension('206 555 0100\n206 555 0101 x5')).toBeNull()
})

test('a long text is no number', () => {
  expect(phoneExtension(`${'1'.repeat(100)} x5`)).toBeNull()
})
