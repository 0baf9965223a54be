import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact, SourceContact } from '../../src/domain/contact.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { csv } from '../../src/export/csv.ts'
import { vcards } from '../../src/export/vcard.ts'
import { arbitraryContact, asWritten } from '../export/arbitrary-contacts.ts'
import { soakRounds } from '../soak.ts'
import { exportFileOf, readAll } from './export-file-of.ts'

/** A contact in which each value says something when it is written: nothing tells an empty value from none. */
const written = ({ phones, emails, addresses, ...contact }: Contact): Contact =>
  textsOf({
    ...contact,
    phones: phones.filter(({ value }) => asWritten(value) !== ''),
    emails: emails.filter(
      ({ address = '', name = 'none' }) => asWritten(address) !== '' && asWritten(name) !== '',
    ),
    addresses: addresses.filter(({ kind: _, label: __, ...parts }) =>
      Object.values(parts).some((part) => asWritten(part) !== ''),
    ),
    ims: contact.ims.filter((im) => asWritten(im) !== ''),
    ...(contact.sips && { sips: contact.sips.filter((sip) => asWritten(sip) !== '') }),
    // Only a contact that works somewhere works somewhere else too.
    otherOrganizations: (asWritten(contact.organization?.name ?? '') === ''
      ? []
      : (contact.otherOrganizations ?? [])
    ).filter((other) => Object.values({ ...other }).some((part) => asWritten(part) !== '')),
    categories: contact.categories.filter((category) => asWritten(category) !== ''),
    ...(contact.children && { children: contact.children.filter((child) => asWritten(child) !== '') }),
  }) as Contact

/** Without empty texts. */
const textsOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(textsOf)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => {
      const isEmpty = typeof part === 'string' && asWritten(part) === ''
      return isEmpty ? [] : [[key, textsOf(part)] as const]
    }),
  )
}

/** The contacts of an export that was read and written again, under the same keys. */
const keyed = (contacts: readonly SourceContact[], originals: readonly Contact[]): readonly Contact[] =>
  contacts.map((contact, index) => ({ ...contact, key: originals[index]?.key ?? '' }))

const contacts = fc
  .array(arbitraryContact.map(written), { minLength: 1, maxLength: 3 })
  // A contact that nothing tells from others is skipped, and some years stand for none.
  .filter((all) =>
    all.every(
      ({ name, nickname, organization, phones, emails, birthday, anniversary }) =>
        [
          name.given,
          name.family,
          name.full,
          nickname,
          organization?.name,
          phones[0]?.value,
          emails[0]?.address,
        ]
          .map((part) => asWritten(part ?? ''))
          .some((part) => /[a-z\d]/i.test(part)) &&
        [birthday, anniversary].every((date) => !date || isPlain(date.year)),
    ),
  )
const isPlain = (year = 2000) => year > 1700 && year < 4000

const text = (pieces: Iterable<string>) => [...pieces].join('')

test.each([
  ['the table', (all: readonly Contact[]) => text(csv(all))],
  ['vCard 3.0', (all: readonly Contact[]) => text(vcards(all, { version: '3.0' }))],
  ['vCard 4.0', (all: readonly Contact[]) => text(vcards(all, { version: '4.0' }))],
])('contacts that this app wrote as %s are the same when they are read', async (_, write) => {
  await fc.assert(
    fc.asyncProperty(contacts, fc.integer({ min: 1, max: 200 }), async (all, piece) => {
      const first = write(all)
      const read = await readAll(exportFileOf(first, { piece }))
      expect(read.skipped).toEqual([])
      expect(read.contacts).toHaveLength(all.length)
      const again = keyed(read.contacts, all)
      expect(write(again)).toBe(first)
      expect(await readAll(exportFileOf(write(again)))).toEqual(read)
    }),
    { numRuns: soakRounds({ whole: 150, share: 30 }) },
  )
})

/** A contact with each field that both formats have. Numbers are in the order of the columns. */
const rich = sampleContact('rich', {
  name: { full: 'Ada Lovelace', given: 'Ada', family: 'Lovelace' },
  organization: { name: 'Contoso', title: 'Engineer' },
  otherOrganizations: [
    { name: 'Fabrikam: North', department: 'Board', title: 'Member' },
    { title: 'Poet, at night' },
    { name: 'Litware' },
  ],
  phones: [
    { kind: 'mobile', value: '+1 206 555 0100', at: 'work', preferred: true },
    { kind: 'work', value: '+1 206 555 0101 x12', label: 'Desk ::: left' },
    { kind: 'other', value: '+1-206-555-0102;ext=5', label: 'Boat' },
    { kind: 'fax', value: '+1 206 555 0103', at: 'home' },
    { kind: 'pager', value: '+1 206 555 0104', at: 'work' },
    { kind: 'other', value: '+1 206 555 0105', label: 'Cabin' },
  ],
  emails: [
    { address: 'ada@contoso.example', kind: 'work', preferred: true },
    { address: 'ada@home.example', kind: 'home' },
    { address: 'ada@boat.example', name: 'Boat' },
    { address: 'ada@car.example', name: 'Car' },
  ],
  addresses: [
    { kind: 'home', label: 'Summer', street: 'Shore Road 1', city: 'Brighton' },
    { kind: 'other', label: 'Boat', street: 'Pier 4' },
  ],
  ims: ['ada@chat.example'],
  sips: ['sip:ada@contoso.example'],
})

test.each([
  ['the table', text(csv([rich]))],
  ['vCard 3.0', text(vcards([rich], { version: '3.0' }))],
  ['vCard 4.0', text(vcards([rich], { version: '4.0' }))],
])('labels, preferences and all organizations are the same when %s is read', async (_, written) => {
  const { contacts, skipped } = await readAll(exportFileOf(written))
  expect(skipped).toEqual([])
  const { organization, otherOrganizations, phones, emails, addresses, ims, sips } = rich
  expect(contacts).toMatchObject([{ organization, otherOrganizations, phones, emails, addresses, ims, sips }])
})

test('a table without the columns of this version is read as that of an earlier one', async () => {
  const later = ['SIP Addresses', 'Phone Details', 'E-mail Details', 'Address Details', 'Other Organizations']
  const [head = '', row = ''] = text(csv([{ ...rich, otherOrganizations: [] }], { bom: false })).split('\r\n')
  const names = head.split(',')
  // No value has a comma.
  const earlier = [head, row].map((line) =>
    line.split(',').filter((_, column) => !later.includes(names[column] ?? '')),
  )
  expect(earlier[1]).toHaveLength(names.length - later.length)
  const { contacts } = await readAll(exportFileOf(earlier.map((cells) => cells.join(',')).join('\r\n')))
  expect(contacts).toMatchObject([
    { name: { full: 'Ada Lovelace' }, phones: rich.phones.map(({ value }) => ({ value })) },
  ])
  expect(contacts[0]).not.toHaveProperty('sips')
})
