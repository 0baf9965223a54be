import { expect, test } from 'vitest'
import type { ContactName, Email } from '../../../domain/contact.ts'
import { addEmail } from './emails.ts'

const read = (address: string | undefined, name?: string, own: ContactName = {}): readonly Email[] => {
  const emails: Email[] = []
  addEmail(emails, { address, name }, own)
  return emails
}

// The parentheses are in the name of every Exchange organization.
const ORGANIZATION = '/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=ann'
const ENCAPSULATED =
  'IMCEAEX-_O=EXCHANGELABS_OU=EXCHANGE+20ADMINISTRATIVE+20GROUP_CN=RECIPIENTS_CN=ann@acme.example'

test.each<[string, string | undefined, string | undefined, readonly Email[]]>([
  ['an address alone', 'a@b.example', undefined, [{ address: 'a@b.example' }]],
  ['a label of its own', 'a@b.example', 'Office', [{ address: 'a@b.example', name: 'Office' }]],
  ['the address as its label', 'a@b.example', 'A@B.example', [{ address: 'a@b.example' }]],
  ['a name without an address', '', 'Test Test', [{ name: 'Test Test' }]],
  ['an address given only as a name', undefined, 'a@b.example', [{ address: 'a@b.example' }]],
  [
    'label and address given only as a name',
    '',
    'Sales <s@b.example>',
    [{ address: 's@b.example', name: 'Sales' }],
  ],
  ['nothing', '', undefined, []],
  ['nothing visible', ' ', ' \u200b', []],
  [
    'a label with the address repeated',
    'sales@acme.example',
    'Sales Desk (sales@acme.example)',
    [{ address: 'sales@acme.example', name: 'Sales Desk' }],
  ],
  [
    'a label with the address in another case',
    'sales@acme.example',
    'Sales Desk (Sales@ACME.example)',
    [{ address: 'sales@acme.example', name: 'Sales Desk' }],
  ],
  [
    'a label with another address',
    'sales@acme.example',
    'Sales (old@acme.example)',
    [{ address: 'sales@acme.example', name: 'Sales (old@acme.example)' }],
  ],
  [
    'a label with a remark',
    'a@b.example',
    'Ann (private)',
    [{ address: 'a@b.example', name: 'Ann (private)' }],
  ],
  ['an address type', 'SMTP:a@b.example', undefined, [{ address: 'a@b.example' }]],
  ['a URL scheme', 'mailto:a@b.example', undefined, [{ address: 'a@b.example' }]],
  ['brackets and spaces', '  <a@b.example> ', undefined, [{ address: 'a@b.example' }]],
  ['the address in quotes as its label', 'a@b.example', "'a@b.example'", [{ address: 'a@b.example' }]],
  ['an address in quotes given only as a name', '', '"a@b.example"', [{ address: 'a@b.example' }]],
  ['a quoted label', 'a@b.example', "'Ann'", [{ address: 'a@b.example', name: "'Ann'" }]],
  ['spaces alone, with a name', '   ', 'Test Test', [{ name: 'Test Test' }]],
  ['text that is not an address', 'ask Ann', undefined, [{ address: 'ask Ann' }]],
  [
    'an Exchange name',
    ORGANIZATION,
    'Ann Lee',
    [{ address: ORGANIZATION, routingType: 'EX', name: 'Ann Lee' }],
  ],
  [
    'an Exchange name with its type',
    `EX:${ORGANIZATION}`,
    undefined,
    [{ address: ORGANIZATION, routingType: 'EX' }],
  ],
  [
    'an Exchange name with an address as its label',
    ORGANIZATION,
    'ann@acme.example',
    [{ address: 'ann@acme.example' }, { address: ORGANIZATION, routingType: 'EX' }],
  ],
  [
    'an Exchange name given only as a name',
    undefined,
    ORGANIZATION,
    [{ address: ORGANIZATION, routingType: 'EX' }],
  ],
  [
    'a label with the Exchange name repeated',
    ORGANIZATION,
    `Ann Lee (${ORGANIZATION})`,
    [{ address: ORGANIZATION, routingType: 'EX', name: 'Ann Lee' }],
  ],
  [
    'an Exchange name with label and address in its name',
    ORGANIZATION,
    'Ann Lee (ann@acme.example)',
    [
      { address: 'ann@acme.example', name: 'Ann Lee' },
      { address: ORGANIZATION, routingType: 'EX' },
    ],
  ],
  [
    'a label with parentheses of its own',
    'a@b.example',
    'Ann (home) (a@b.example)',
    [{ address: 'a@b.example', name: 'Ann (home)' }],
  ],
  [
    'a label and an Exchange name given only as a name',
    '',
    `Ann Lee (${ORGANIZATION})`,
    [{ address: ORGANIZATION, routingType: 'EX', name: 'Ann Lee' }],
  ],
  [
    'a label and an Exchange name in brackets given only as a name',
    '',
    `Ann Lee <${ORGANIZATION}>`,
    [{ address: ORGANIZATION, routingType: 'EX', name: 'Ann Lee' }],
  ],
  [
    'an Exchange name with another one as its label',
    ORGANIZATION,
    '/o=Acme/cn=bob',
    [{ address: ORGANIZATION, routingType: 'EX' }],
  ],
  [
    'an Exchange name with another one and a label',
    ORGANIZATION,
    'Ann Lee (/o=Acme/cn=ann)',
    [{ address: ORGANIZATION, routingType: 'EX', name: 'Ann Lee' }],
  ],
  ['an Exchange name as a label', 'a@b.example', ORGANIZATION, [{ address: 'a@b.example' }]],
  [
    'a label with an Exchange name',
    'a@b.example',
    `Ann Lee (${ORGANIZATION})`,
    [{ address: 'a@b.example', name: 'Ann Lee' }],
  ],
  [
    'an Exchange name and no other label',
    'a@b.example',
    `/o=Acme/cn=ann (${ORGANIZATION})`,
    [{ address: 'a@b.example' }],
  ],
  [
    'an encapsulated Exchange name',
    ENCAPSULATED,
    'Ann Lee',
    [{ address: ENCAPSULATED, routingType: 'EX', name: 'Ann Lee' }],
  ],
  [
    'an encapsulated Exchange name given only as a name',
    '',
    `Ann Lee <${ENCAPSULATED}>`,
    [{ address: ENCAPSULATED, routingType: 'EX', name: 'Ann Lee' }],
  ],
  [
    'an address with its label before it',
    'Ann <a@b.example>',
    undefined,
    [{ address: 'a@b.example', name: 'Ann' }],
  ],
  [
    'an address with its label before it, and another label',
    'Sales Desk (sales@acme.example)',
    'Sales',
    [{ address: 'sales@acme.example', name: 'Sales' }],
  ],
  [
    'an address with its label before it, and the same text as its label',
    'Sales Desk (sales@acme.example)',
    'Sales Desk (sales@acme.example)',
    [{ address: 'sales@acme.example', name: 'Sales Desk' }],
  ],
  [
    'an Exchange name with its label before it',
    `Ann Lee (${ORGANIZATION})`,
    undefined,
    [{ address: ORGANIZATION, routingType: 'EX', name: 'Ann Lee' }],
  ],
  ['text in parentheses that is no address', 'ask (Ann)', undefined, [{ address: 'ask (Ann)' }]],
  ['an invisible address', '\u200b', 'a@b.example', [{ address: 'a@b.example' }]],
  ['an invisible address alone', '\u200b', undefined, []],
])('%s reads as an e-mail', (_, address, name, expected) => {
  expect(read(address, name)).toEqual(expected)
})

test("the contact's own name before the address is filled in by Outlook and is no label", () => {
  expect(read('a@b.example', 'Ann Lee (a@b.example)', { full: 'Ann Lee ' })).toEqual([
    { address: 'a@b.example' },
  ])
  expect(read('a@b.example', 'Desk (a@b.example)', { full: 'Ann Lee' })).toEqual([
    { address: 'a@b.example', name: 'Desk' },
  ])
})

test("the contact's own name alone is a label that the person may have given", () => {
  expect(read('a@b.example', 'Ann Lee', { full: 'Ann Lee' })).toEqual([
    { address: 'a@b.example', name: 'Ann Lee' },
  ])
})

test.each([
  ['Ann Lee <a@b.example>', undefined],
  ['', 'Ann Lee (a@b.example)'],
])("the contact's own name before an address is no label, wherever the address stands", (address, name) => {
  expect(read(address, name, { full: 'Ann Lee' })).toEqual([{ address: 'a@b.example' }])
})

test("the contact's own name is no label of an address beside an Exchange name either", () => {
  expect(read(ORGANIZATION, 'Ann Lee (ann@acme.example)', { full: 'Ann Lee' })).toEqual([
    { address: 'ann@acme.example' },
    { address: ORGANIZATION, routingType: 'EX' },
  ])
})

test('a long malicious name is read quickly', () => {
  const started = performance.now()
  for (const part of [' ', '(', '(a) ', '<', 'a@', '@'])
    for (const address of [undefined, 'a@b.example', part.repeat(300_000)])
      read(address, `${part.repeat(300_000)}x`)
  expect(performance.now() - started).toBeLessThan(1_000)
})
