import { describe, expect, it } from 'vitest'
import type { Contact } from '../../../../index.ts'
import { contactLine, contactRecord } from './contact-line.ts'

const contact: Contact = {
  key: 'k1',
  id: 'AAk=',
  source: 'microsoft365',
  name: { full: 'Zoë Ng' },
  phones: [{ value: '+31 (0)20 123 ext. 4', kind: 'work' }],
  emails: [{ address: 'zoe@example.org' }],
  addresses: [],
  ims: [],
  categories: [],
}

describe('a contact', () => {
  it('is one line: the name, and how to reach the person', () => {
    expect(contactLine(contact, (text) => `<${text}>`)).toBe(
      '<Zoë Ng> · <+31 (0)20 123 ext. 4> (work) · <zoe@example.org>',
    )
  })

  it('does not repeat a number that is used as its name', () => {
    expect(contactLine({ ...contact, name: {}, emails: [] }, (text) => text)).toBe('+31 (0)20 123 ext. 4')
  })

  it('shows no Exchange name, and no name that replaces a missing address', () => {
    const emails = [{ address: '/o=ExchangeLabs/cn=zoe', routingType: 'EX' } as const, { name: 'Zoë' }]
    expect(contactLine({ ...contact, phones: [], emails }, (text) => text)).toBe('Zoë Ng')
  })

  it('shows its organization, its folder and its key', () => {
    const organization = { name: 'Contoso' }
    expect(
      contactLine({ ...contact, organization, phones: [] }, (text) => text, { folderName: 'Clients' }),
    ).toBe('Zoë Ng · zoe@example.org · Contoso · Clients · k1')
  })

  it('is marked if one of its fields could not be read as a whole', () => {
    const incomplete = [{ field: 'birthday', reason: 'malformed' }] as const
    expect(contactLine({ ...contact, phones: [], incomplete }, (text) => text)).toBe(
      'Zoë Ng · zoe@example.org · (incomplete)',
    )
    expect(contactRecord({ ...contact, incomplete })).toMatchObject({ incomplete })
  })

  it('has no gap for a number that consists of spaces', () => {
    const phones = [{ value: '   ', kind: 'mobile' }] as const
    expect(contactLine({ ...contact, phones }, (text) => text.trim())).toBe('Zoë Ng · zoe@example.org')
  })

  it('has a line even if it has no values', () => {
    expect(contactLine({ ...contact, name: {}, emails: [], phones: [] }, (text) => text)).toBe('(no name)')
  })

  it('as JSON has its source, its id, and everything that the source wrote', () => {
    expect(Object.keys(contactRecord(contact))[0]).toBe('key')
    expect(contactRecord(contact)).toEqual({
      key: 'k1',
      source: 'microsoft365',
      sourceId: 'AAk=',
      name: 'Zoë Ng',
      nameParts: { full: 'Zoë Ng' },
      phones: [{ value: '+31 (0)20 123 ext. 4', kind: 'work', extension: '4' }],
      emails: [{ address: 'zoe@example.org' }],
      addresses: [],
      ims: [],
      categories: [],
    })
  })
})
