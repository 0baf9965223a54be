import { expect, test } from 'vitest'
import type { Phone } from '../domain/contact.ts'
import { firstToCall } from './first-to-call.ts'

const phone = (value: string, kind: Phone['kind'], preferred?: true): Phone => ({
  value,
  kind,
  ...(preferred && { preferred }),
})

test.each<[what: string, phones: readonly Phone[], first: string | undefined]>([
  ['the preferred number', [phone('1', 'mobile'), phone('2', 'home', true)], '2'],
  ['else the first of the contact', [phone('1', 'work'), phone('2', 'mobile')], '1'],
  [
    'no fax or pager before a telephone',
    [phone('1', 'fax', true), phone('2', 'pager'), phone('3', 'home')],
    '3',
  ],
  ['a fax if there is nothing else', [phone('1', 'pager'), phone('2', 'fax', true)], '2'],
  ['nothing without a number', [], undefined],
])('to call first is %s', (_, phones, first) => {
  expect(firstToCall(phones)?.value).toBe(first)
})
