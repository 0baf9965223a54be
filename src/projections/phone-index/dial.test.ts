import fc from 'fast-check'
import google from 'google-libphonenumber'
import { expect, test } from 'vitest'
import { dial } from './dial.ts'

test.each([
  ['US', '(206) 555-0100', '2065550100', 'tel:+12065550100'],
  ['US', '+1 (206) 555-0100', '+12065550100', 'tel:+12065550100'],
  ['US', '2065550100 , ,12', '2065550100,,12', 'tel:+12065550100;ext=12'],
  ['US', '2065550100 ext. 4', '2065550100,4', 'tel:+12065550100;ext=4'],
  ['US', '2065550100 x123', '2065550100,123', 'tel:+12065550100;ext=123'],
  ['US', '206-555-0100 #123', '2065550100,123', 'tel:+12065550100;ext=123'],
  ['US', '2065550100,,1234#', '2065550100,,1234#', 'tel:+12065550100;ext=1234'],
  ['US', '+12065550100;ext=99', '+12065550100,99', 'tel:+12065550100;ext=99'],
  ['US', '1-800-FLOWERS', '18003569377', 'tel:+18003569377'],
  ['US', '1-800-GO-FEDEX', '18004633339', 'tel:+18004633339'],
  ['US', '011 49 30 12345678', '011493012345678', 'tel:+493012345678'],
  ['US', '206.555.0100 / 206.555.0101', '2065550100', 'tel:+12065550100'],
  ['US', '(+49) 30 12345678', '+493012345678', 'tel:+493012345678'],
  ['US', 'Home: +1 206 555 0100 (evenings)', '+12065550100', 'tel:+12065550100'],
  ['US', 'tel:555-0100;phone-context=+1-206', '+12065550100', 'tel:+12065550100'],
  ['us', '206 555 0100', '2065550100', 'tel:+12065550100'],
  ['US', 'sip:2065550100@', '2065550100', 'tel:+12065550100'],
  ['DE', '030 12345678', '03012345678', 'tel:+493012345678'],
  ['DE', '+49 (0)30 12345678', '+493012345678', 'tel:+493012345678'],
  ['DE', '0049 30 12345678', '00493012345678', 'tel:+493012345678'],
  ['DE', '0049 (0)30 12345678', '+493012345678', 'tel:+493012345678'],
  ['DE', '030 12345678 HOME', '03012345678', 'tel:+493012345678'],
  ['DE', '٠٣٠ ١٢٣٤٥٦٧٨', '03012345678', 'tel:+493012345678'],
  ['IT', '+39 (0)6 12345678', '+390612345678', 'tel:+390612345678'],
  ['ES', '+34 (0)910 123 456', '+34910123456', 'tel:+34910123456'],
])('in %s, %s is dialled as %s and is %s', (country, number, text, uri) => {
  expect(dial(number, { country })).toEqual({ text, uri, extension: /;ext=(.*)/.exec(uri)?.[1] ?? null })
})

test.each([
  ['US', '102', '102'],
  ['US', '*97', '*97'],
  ['US', '911', '911'],
  ['US', '555-0100', '5550100'],
  ['US', '*67 206 555 0100', '*672065550100'],
  ['US', '#31#+491751234567', '#31#+491751234567'],
  ['US', 'tel:102;phone-context=pbx.example.test', '102'],
  ['DE', '5551234', '5551234'],
  ['DE', '112', '112'],
  ['DE', '116117', '116117'],
  ['BR', '98765-4321', '987654321'],
  ['NO', '02800', '02800'],
  ['DE', '+49 30 1234567890123', '+49301234567890123'],
  ['US', '2065550100#123', '2065550100#123'],
  ['MX', '+52 1 55 1234 5678', '+5215512345678'],
  [undefined, '030 12345678 x5', '03012345678,5'],
  ['XX', '030 12345678', '03012345678'],
  ['US', 'sip:Alice@example.test', 'sip:Alice@example.test'],
  ['US', '"Alice" <sip:102@example.test>', 'sip:102@example.test'],
  ['US', '9,12065550100', '9,12065550100'],
  ['US', '0;;206-555-0100,,12#', '0,,2065550100,,12#'],
  // No SIP address without a host.
  ['US', 'alice@', ''],
  ['US', '¡＠', ''],
  ['US', 'ask Alice', ''],
  ['US', '+', ''],
  ['US', '  ', ''],
  ['US', 'anonymous', ''],
  ['US', '1'.repeat(501), ''],
])('in %s, %s is dialled as it is, and no country code is guessed', (country, number, text) => {
  expect(dial(number, country === undefined ? {} : { country })).toMatchObject({ text, uri: null })
})

test.each([
  [undefined, '(030) 901820 / 0171 2345678', '030901820'],
  ['DE', '(030) 901820 / 0171 2345678', '030901820'],
  ['DE', '901820 / 0171 2345678', '901820'],
  ['DE', '0171/2345678 / 030/901820', '01712345678'],
  ['DE', '030 901820/21', '030901820'],
  ['DE', '030 901820 oder 030 901821', '030901820'],
  ['DE', '030/901820\r\n0171/2345678', '030901820'],
  ['DE', '+49/30/901820 / +49/171/2345678', '+4930901820'],
  ['FR', '01 99 00 12 34 / 06 39 98 12 34', '0199001234'],
  [undefined, '030 901820/21', '030901820'],
  [undefined, '102\n103', '102'],
  [undefined, '555-1234/555-5678', '5551234'],
  ['US', '555-1234 or 555-5678', '5551234'],
  ['US', '555-1234 / 555-5678', '5551234'],
  ['US', '206-555-0100\n206-555-0101', '2065550100'],
  ['US', '206-555-0100\u2028206-555-0101', '2065550100'],
  ['US', '+12065550100+12065550101', '+12065550100'],
  ['US', '(+1) 206 555 0100 (+1) 206 555 0101', '+12065550100'],
  ['US', 'Home: 206 555 0100 x4 / Work: 206 555 0101', '2065550100,4'],
  ['US', '206-555-0100 & 206-555-0101 | 206-555-0102', '2065550100'],
])('in %s, of the numbers %j only the first is dialled', (country, numbers, text) => {
  expect(dial(numbers, country === undefined ? {} : { country }).text).toBe(text)
})

test.each([
  ['DE', '030/901820', '030901820'],
  ['DE', '0171 / 2345678', '01712345678'],
  ['DE', '+49/30/901820', '+4930901820'],
  ['DE', '+49 (0)30/901820-12', '+493090182012'],
  ['DE', '033200/12345', '03320012345'],
  ['DE', '+49 33200/1234567', '+49332001234567'],
  ['DE', '030\n901820', '030901820'],
  ['AT', '01/512 34 56', '015123456'],
  ['AT', '0664 / 123 45 67', '06641234567'],
  ['BE', '02/123 45 67', '021234567'],
  ['IT', '06/12345678', '0612345678'],
  ['US', '206/555/0100', '2065550100'],
  ['US', '206/555-0100', '2065550100'],
  ['US', '1-206/555-0100', '12065550100'],
  [undefined, '030/901820', '030901820'],
  [undefined, '0171/2345678', '01712345678'],
  [undefined, '+49/30/901820', '+4930901820'],
  [undefined, '0049 33200/1234567', '0049332001234567'],
  [undefined, '206/555-0100', '2065550100'],
  ['US', '#31#+491751234567', '#31#+491751234567'],
  ['US', '9+12065550100', '912065550100'],
])('in %s, %j is one number', (country, number, text) => {
  expect(dial(number, country === undefined ? {} : { country }).text).toBe(text)
})

test('a text of more than a hundred characters is not parsed as a number', () => {
  const behind = (pauses: number) => dial(`+12065550100${','.repeat(pauses)}1`, {}).uri
  expect([behind(80), behind(100)]).toEqual(['tel:+12065550100;ext=1', null])
})

test('a SIP address with a country code is a telephone number, too', () => {
  const number = 'sip:+493012345678@example.test;user=phone'
  expect(dial(number, {})).toMatchObject({ text: number, uri: 'tel:+493012345678' })
  expect(dial('sip:03012345678@example.test', { country: 'DE' }).uri).toBeNull()
})

test('a number that means another one behind the outside line is not sure', () => {
  const behind = { country: 'DE', outsideLine: '0' }
  expect(dial('0030 210 123 4567', behind)).toEqual({
    ...{ text: '00302101234567', uri: null, extension: null },
  })
  expect(dial('030 12345678', behind).uri).toBe('tel:+493012345678')
  expect(dial('+30 21 0123 4567', behind).uri).toBe('tel:+302101234567')
})

const util = google.PhoneNumberUtil.getInstance()

test('the URI of a valid number is what libphonenumber makes of it as well', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 14 })
  const countries = fc.constantFrom('US', 'DE', 'FR', 'GB', 'IT', 'JP', 'BR', 'IN')
  fc.assert(
    fc.property(fc.constantFrom('', '+', '00', '0'), digits, countries, (prefix, rest, country) => {
      const number = prefix + rest.join('')
      const { uri } = dial(number, { country })
      if (uri === null) return
      const parsed = util.parse(number, country)
      if (!util.isValidNumber(parsed)) return
      expect(uri).toBe(`tel:${util.format(parsed, google.PhoneNumberFormat.E164)}`)
    }),
    { numRuns: 1_000 },
  )
})

test('whatever a contact holds, only what a phone can dial is dialled', () => {
  const odd = fc.string({ unit: fc.constantFrom(...Array.from('0159+*#,;x() -/A٣\u202e\ud800\0')) })
  fc.assert(
    fc.property(fc.oneof(odd, fc.string({ unit: 'binary' })), (text) => {
      const dialled = dial(text, { country: 'US', outsideLine: '9' })
      if (!text.normalize('NFKC').includes('@')) expect(dialled.text).toMatch(/^\+?[\d*#+,]*$/)
      if (dialled.uri !== null) expect(dialled.uri).toMatch(/^tel:\+\d{7,15}(;ext=\d{1,15})?$/)
    }),
    { numRuns: 2_000 },
  )
})
