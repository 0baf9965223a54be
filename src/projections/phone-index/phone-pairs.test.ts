import google from 'google-libphonenumber'
import { expect, test } from 'vitest'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { PhoneIndex } from './phone-index.ts'

type Verdict = 'certain' | 'possible' | 'none'
/** Default country, number that calls, number of the contact, verdict; why Google's libphonenumber says something else. */
type Pair = [string, string, string, Verdict, string?]

const short = 'short codes and emergency numbers are never parts of longer numbers'
const starred = 'a number with * or # is dialled as it is'
const words = 'it reads no words around a number'
const digits = 'it reads no such digits'
const suffix = 'it compares no suffix if a number has no country'
const outside = 'it knows no outside line'
const never = 'two different numbers in E.164 are two numbers'

const pairs: Pair[] = [
  ['US', '+12065550100', '(206) 555-0100', 'certain'],
  ['US', '2065550100', '+1 206.555.0100', 'certain'],
  ['US', '12065550100', '206-555-0100', 'certain'],
  ['US', '+12065550100', '425-555-0100', 'none'],
  ['US', '+12065550100', '+1 425 555 0100', 'none'],
  ['US', '+12065550100', '555-0100', 'possible'],
  ['US', '5550100', '+1 206 555 0100', 'possible'],
  ['US', '+14255550100', '9 1 206 555 0100', 'none'],
  ['US', '911', '5550911', 'none', short],
  ['US', '911', '+1 206 555 0911', 'none', short],
  ['US', '911', '911', 'certain'],
  ['US', '102', '+1 102', 'none', short],
  ['US', '*97', '97', 'none', starred],
  ['US', '*97', '*97', 'certain'],
  ['US', '+18003569377', '1-800-FLOWERS', 'certain'],
  ['US', '+12065550100', '2065550100 x123', 'possible'],
  ['US', '+12065550100;ext=123', '206-555-0100 ext. 123', 'certain'],
  ['US', '+12065550100;ext=123', '206-555-0100,,456#', 'none'],
  ['US', '+12065550100', '+１（２０６）５５５－０１００', 'certain'],
  ['US', '+12065550100', '\u202a+1 206 555 0100\u202c', 'certain'],
  ['US', '+12065550100', 'Tel: 206 555 0100 (mobile)', 'certain', words],
  ['US', 'tel:+1-206-555-0100', '206 555 0100', 'certain'],
  ['US', '+12065550100', '9,206 555 0100', 'possible', outside],
  ['US', '+493012345678', '011 49 30 12345678', 'certain'],
  ['US', '493012345678', '+49 30 12345678', 'possible', suffix],
  ['CA', '+16045550123', '604 555 0123', 'certain'],
  ['CA', '+12045550123', '604 555 0123', 'none'],
  ['DE', '+493012345678', '030 12345678', 'certain'],
  ['DE', '+493012345678', '+49 (0)30 12345678', 'certain'],
  ['DE', '+493012345678', '0049 30 12345678', 'certain'],
  ['DE', '03012345678', '030/12345678', 'certain'],
  ['DE', '+498912345678', '030 12345678', 'none'],
  ['DE', '+493012345678', '12345678', 'possible'],
  ['DE', '+493012345678', '030 12345678 Durchwahl 12', 'possible', words],
  ['DE', '112', '0301112', 'none', short],
  ['DE', '116117', '+49 116117', 'none', short],
  ['GB', '+442079460018', '020 7946 0018', 'certain'],
  ['GB', '+442079460018', '+44 (0)20 7946 0018', 'certain'],
  ['GB', '+442079460018', '7946 0018', 'possible'],
  ['GB', '+441632960018', '020 7946 0018', 'none'],
  ['GB', '+447700900123', '07700 900123', 'certain'],
  ['FR', '+33199001234', '01 99 00 12 34', 'certain'],
  ['FR', '0033199001234', '+33 (0)1 99 00 12 34', 'certain'],
  ['FR', '+33199001234', '02 99 00 12 34', 'none'],
  ['IT', '+390612345678', '06 12345678', 'certain'],
  ['IT', '+390612345678', '+39 (0)6 12345678', 'certain'],
  ['IT', '+39612345678', '06 12345678', 'none', never],
  ['ES', '+34910123456', '910 123 456', 'certain'],
  [
    'ES',
    '+34910123456',
    '+34 (0)910 123 456',
    'certain',
    'it drops no (0) where the country has no trunk prefix',
  ],
  ['RU', '+74951234567', '8 (495) 123-45-67', 'certain'],
  ['RU', '+74951234567', '123-45-67', 'possible'],
  ['JP', '+81312345678', '03-1234-5678', 'certain'],
  ['JP', '+819012345678', '０９０－１２３４－５６７８', 'certain'],
  ['CN', '+8613800138000', '138 0013 8000', 'certain'],
  ['CN', '+8613900138000', '138 0013 8000', 'none'],
  ['IN', '+919876543210', '098765 43210', 'certain'],
  ['IN', '9876543210', '+91 ९८७६५ ४३२१०', 'certain', digits],
  ['BR', '+5511987654321', '(11) 98765-4321', 'certain'],
  ['BR', '+5511987654321', '0 15 11 98765-4321', 'certain'],
  ['BR', '+5511987654321', '98765-4321', 'possible'],
  ['AR', '+5491123456789', '011 15-2345-6789', 'certain'],
  ['MX', '+525512345678', '55 1234 5678', 'certain'],
  ['MX', '+525512345678', '+52 1 55 1234 5678', 'possible'],
  ['MX', '+525512345678', '044 55 1234 5678', 'possible'],
  ['EG', '+20212345678', '٠٢ ١٢٣٤٥٦٧٨', 'certain'],
  ['IR', '+982112345678', '۰۲۱ ۱۲۳۴۵۶۷۸', 'certain'],
  ['AU', '+61291570156', '(02) 9157 0156', 'certain'],
  ['AU', '0011493012345678', '+49 30 12345678', 'certain'],
  ['DK', '+4532123456', '32 12 34 56', 'certain'],
  ['DK', '+4632123456', '32 12 34 56', 'none'],
  ['HK', '+85221234567', '2123 4567', 'certain'],
  ['HU', '+3612345678', '06 1 234 5678', 'certain'],
  ['ZA', '+27211234567', '021 123 4567', 'certain'],
  ['BO', '+59171234567', '71234567', 'certain'],
  ['', '+493012345678', '030 12345678', 'possible', suffix],
  ['', '+3221234567', '02 123 45 67', 'possible', suffix],
  ['', '+74951234567', '8 495 123-45-67', 'possible', suffix],
  ['', '+493012345678', '+49 (0)30 12345678', 'certain'],
]

const ours = (country: string, calling: string, stored: string): Verdict => {
  const index = new PhoneIndex({ country })
  index.add(sampleContact('one', { phones: [{ value: stored, kind: 'work' }] }))
  return index.whois(calling)[0]?.certainty ?? 'none'
}

const util = google.PhoneNumberUtil.getInstance()
const { EXACT_MATCH, NSN_MATCH, SHORT_NSN_MATCH } = google.PhoneNumberUtil.MatchType

const googles = (country: string, calling: string, stored: string): Verdict => {
  try {
    const region = country || 'ZZ'
    const match = util.isNumberMatch(parsed(calling, region), parsed(stored, region))
    if (match === EXACT_MATCH || match === NSN_MATCH) return 'certain'
    return match === SHORT_NSN_MATCH ? 'possible' : 'none'
  } catch {
    return 'none'
  }
}

const parsed = (number: string, region: string) => util.parse(number, region)

test('the table has sixty pairs and more, of fifteen countries and more', () => {
  expect(pairs.length).toBeGreaterThanOrEqual(60)
  expect(new Set(pairs.map(([country]) => country)).size).toBeGreaterThan(15)
})

test.each(pairs)('in %s, the caller %s and the contact with %s: %s', (country, calling, stored, verdict) => {
  expect(ours(country, calling, stored)).toBe(verdict)
})

test.each(pairs)(
  'in %s, %s and %s: libphonenumber agrees, or the table says why not',
  (country, calling, stored, verdict, reason) => {
    expect(googles(country, calling, stored) === verdict).toBe(reason === undefined)
  },
)
