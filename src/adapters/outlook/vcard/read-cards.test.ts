import ICAL from 'ical.js'
import { describe, expect, test } from 'vitest'
import { exportFileOf, readAll } from '../../../../test/outlook/export-file-of.ts'

const options = { name: 'contacts.vcf' }

/** The contacts of cards, each without what every contact has. */
const contactsOf = async (text: string | Uint8Array, piece = 7) => {
  const { contacts } = await readAll(exportFileOf(text, { ...options, piece }))
  return contacts.map(({ id: _, source: __, version: ___, ...contact }) => contact)
}

const card = (...lines: readonly string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')
const contactOf = async (...lines: readonly string[]) => (await contactsOf(card(...lines)))[0]!

describe('a vCard of', () => {
  test('classic Outlook (2.1) has encoded values, bare types, a picture and its own properties', async () => {
    const contact = await contactOf(
      ...['VERSION:2.1', 'N;LANGUAGE=de;CHARSET=Windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.'],
      ...['FN;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =', '  M=C3=BCller', 'ORG:Fabrikam\\; Ltd.;Sales'],
      ...['TEL;WORK;VOICE:+49 30 1', 'TEL;CELL;VOICE:0171', 'TEL;WORK;FAX:+49 30 2', 'TEL;HOME:4', 'TEL:6'],
      ...[
        'TEL;PAGER;VOICE:7',
        'X-MS-TEL;VOICE;COMPANY:5',
        'X-MS-TEL;VOICE;ASSISTANT:8',
        'X-MS-IMADDRESS:im1',
      ],
      ...['ADR;WORK;PREF:;12/3;Hof 1;Berlin;;10115;Germany', 'EMAIL;PREF;INTERNET:joerg@fabrikam.example'],
      ...[
        'X-MS-SPOUSE;N:Ada',
        'X-MS-MANAGER:Bo',
        'NOTE:C:\\new\\files',
        'BDAY:19740722',
        'X-MS-ANNIVERSARY:16040229',
      ],
      ...['PHOTO;TYPE=JPEG;ENCODING=BASE64:', ' AAAA', ' BBBB=', '', 'URL;WORK:http://fabrikam.example'],
      'REV:20200102T030405Z',
    )
    expect(contact).toEqual({
      name: { full: 'Jörg   Müller', family: 'Müller', given: 'Jörg', prefix: 'Dr.' },
      organization: { name: 'Fabrikam; Ltd.', department: 'Sales', office: '12/3', manager: 'Bo' },
      phones: [
        { kind: 'work', value: '+49 30 1' },
        { kind: 'mobile', value: '0171' },
        { kind: 'fax', value: '+49 30 2', at: 'work' },
        { kind: 'home', value: '4' },
        { kind: 'other', value: '6' },
        { kind: 'pager', value: '7' },
        { kind: 'company', value: '5' },
        { kind: 'assistant', value: '8' },
      ],
      emails: [{ address: 'joerg@fabrikam.example', preferred: true }],
      addresses: [{ kind: 'work', street: 'Hof 1', city: 'Berlin', postalCode: '10115', country: 'Germany' }],
      ims: ['im1'],
      categories: [],
      spouse: 'Ada',
      note: 'C:\\new\\files',
      birthday: { year: 1974, month: 7, day: 22 },
      anniversary: { month: 2, day: 29 },
      url: 'http://fabrikam.example',
      modified: '2020-01-02T03:04:05.000Z',
    })
  })

  test('Apple (3.0) has groups with labels, and dates without a year', async () => {
    const contact = await contactOf(
      ...['VERSION:3.0', 'N:Lee;Ann;;;', 'FN:Ann Lee', 'item1.TEL:1', 'item1.X-ABLabel:_$!<HomeFAX>!$_'],
      ...[
        'TEL;type=CELL;type=VOICE;type=pref:2',
        'item2.X-ABLabel:Sales\\, Ltd.',
        'item2.EMAIL;type=INTERNET:a@example.test',
      ],
      ...[
        'item3.EMAIL:b@example.test',
        'item3.X-ABLabel:_$!<Home>!$_',
        'item4.X-ABRELATEDNAMES:Bo',
        'item4.X-ABLabel:_$!<Spouse>!$_',
      ],
      ...[
        'BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12',
        'item5.X-ABDATE;type=pref:2010-05-06',
        'item5.X-ABLabel:_$!<Anniversary>!$_',
      ],
      ...[
        'NOTE:one\\ntwo\\, three',
        'URL;type=HOME:http\\://example.test',
        'ITEM6.ADR;type=HOME:7;;Road\\n5;Town;;;',
      ],
    )
    expect(contact).toEqual({
      name: { full: 'Ann Lee', family: 'Lee', given: 'Ann' },
      phones: [
        { kind: 'fax', value: '1', at: 'home' },
        { kind: 'mobile', value: '2', preferred: true },
      ],
      emails: [
        { address: 'a@example.test', name: 'Sales, Ltd.' },
        { address: 'b@example.test', kind: 'home' },
      ],
      addresses: [{ kind: 'home', street: 'Road\n5\n7', city: 'Town' }],
      ims: [],
      categories: [],
      spouse: 'Bo',
      birthday: { month: 4, day: 12 },
      anniversary: { year: 2010, month: 5, day: 6 },
      note: 'one\ntwo, three',
      personalUrl: 'http://example.test',
    })
  })

  test('version 4.0 has URIs, quoted types and parameters, and related people', async () => {
    const contact = await contactOf(
      ...[
        'VERSION:4.0',
        'FN:Ann Lee',
        'N;SORT-AS="Lee,Ann":Lee;Ann;;;',
        'TEL;VALUE=uri;TYPE="voice,work":tel:+1-206-555-0100;ext=5',
      ],
      ...[
        'TEL;TYPE=home,fax:2',
        'EMAIL;TYPE=work:mailto:ann%40example.test',
        'IMPP:im:ann%20l',
        'IMPP:sip:ann@example.test',
      ],
      ...[
        'RELATED;TYPE=child;VALUE=text:Bo',
        'RELATED;TYPE=spouse:urn:uuid:1',
        'BDAY:--0412',
        'CATEGORIES:one\\,two,three',
      ],
    )
    expect(contact).toMatchObject({
      name: { full: 'Ann Lee', fileAs: 'Lee,Ann' },
      phones: [
        { kind: 'work', value: '+1-206-555-0100;ext=5' },
        { kind: 'fax', value: '2', at: 'home' },
      ],
      emails: [{ address: 'ann@example.test', kind: 'work' }],
      ims: ['ann l'],
      sips: ['sip:ann@example.test'],
      children: ['Bo'],
      birthday: { month: 4, day: 12 },
      categories: ['one,two', 'three'],
    })
    expect(contact).not.toHaveProperty('spouse')
  })
})

test('the name of a card that only repeats a company or a number is no name', async () => {
  expect((await contactOf('FN:Contoso', 'ORG:Contoso')).name).toEqual({})
  expect((await contactOf('FN:1', 'TEL:1')).name).toEqual({})
  const filed = await contactOf('FN:Filed', 'N;SORT-AS="Filed":;;;;', 'ORG:Contoso')
  expect(filed.name).toEqual({ fileAs: 'Filed' })
  expect(await contactOf('FN:Ann', 'ORG:Contoso')).toMatchObject({ name: { full: 'Ann' } })
})

test('a value says its character set, whatever the file has', async () => {
  const shiftJis = Uint8Array.of(0x8e, 0x52, 0x93, 0x63)
  const encoder = new TextEncoder()
  const bytes = Uint8Array.of(
    ...encoder.encode('BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=SHIFT_JIS:'),
    ...shiftJis,
    ...encoder.encode(
      '\nNICKNAME;CHARSET=UTF-8;QUOTED-PRINTABLE:J=C3=B6\nNOTE;ENCODING=QUOTED-PRINTABLE:=93a=94\nTITLE;CHARSET=none:x\nEND:VCARD',
    ),
  )
  expect((await contactsOf(bytes))[0]).toMatchObject({
    name: { full: '山田' },
    nickname: 'Jö',
    note: '“a”',
    organization: { title: 'x' },
  })
})

describe('a card is read in spite of', () => {
  test('lines that are none, and quotes that are not closed', async () => {
    const lines = ['nonsense', ':', 'TEL;', 'T EL:5', 'EMAIL;TYPE="work:a@example.test', ';;:', 'FN:Ann']
    expect(await contactOf(...lines)).toMatchObject({
      name: { full: 'Ann' },
      phones: [],
      emails: [{ address: 'a@example.test' }],
    })
  })

  test('has labels of the person, and several organizations', async () => {
    const contact = await contactOf(
      ...['VERSION:4.0', 'FN:Ada', 'ORG:Analytical Engines;Research', 'TITLE:Chief'],
      ...['item1.ORG:Old Ltd.', 'item1.TITLE:Clerk', 'ORG:Third;Sales'],
      ...['item2.TEL;TYPE=work,cell:1', 'item2.X-ABLabel:Desk', 'TEL;TYPE=work,pager:2'],
      ...['TEL;PREF=1;VALUE=uri:tel:+1-206-555-0100', 'TEL;PREF=2:3', 'EMAIL;PREF=1:a@example.test'],
      ...['item3.ADR;TYPE=home:;;Road 1;;;;', 'item3.X-ABLabel:Summer house'],
    )
    expect(contact).toMatchObject({
      organization: { name: 'Analytical Engines', department: 'Research', title: 'Chief' },
      otherOrganizations: [
        { name: 'Old Ltd.', title: 'Clerk' },
        { name: 'Third', department: 'Sales' },
      ],
      phones: [
        { kind: 'mobile', value: '1', at: 'work', label: 'Desk' },
        { kind: 'pager', value: '2', at: 'work' },
        { kind: 'other', value: '+1-206-555-0100', preferred: true },
        { kind: 'other', value: '3' },
      ],
      emails: [{ address: 'a@example.test', preferred: true }],
      addresses: [{ kind: 'home', label: 'Summer house', street: 'Road 1' }],
    })
  })

  test('a missing end, and line ends of one character', async () => {
    for (const end of ['\n', '\r'])
      for (const piece of [1, 1000])
        expect(
          (
            await contactsOf(['BEGIN:VCARD', 'FN:Ann', 'BEGIN:VCARD', 'FN:Bo', 'TEL:1', ''].join(end), piece)
          ).map(({ name }) => name.full),
        ).toEqual(['Ann', 'Bo'])
  })

  test('the card of an agent within it', async () => {
    const agent = ['AGENT:', 'BEGIN:VCARD', 'FN:Agent', 'TEL:9', 'END:VCARD']
    const text =
      card('FN:Ann', ...agent, 'TEL:1') + card('FN:Bo', 'AGENT:', 'BEGIN:VCARD', 'FN:Agent') + card('FN:Cy')
    const contacts = await contactsOf(text)
    expect(contacts.map(({ name, phones }) => [name.full, ...phones.map(({ value }) => value)])).toEqual([
      ['Ann', '1'],
      ['Bo'],
      ['Cy'],
    ])
  })

  test('a line that is too long, which is told unless it is a picture', async () => {
    const long = 'x'.repeat(2 ** 20)
    const text = card(
      'FN:Ann',
      `NOTE:${long}`,
      `PHOTO;ENCODING=b:${long}`,
      ` ${long}`,
      'TEL:1',
      `TITLE:a`,
      ` ${long}`,
      'ROLE:b',
    )
    expect(await contactsOf(text, 10_000)).toMatchObject([
      {
        name: { full: 'Ann' },
        phones: [{ value: '1' }],
        organization: { profession: 'b' },
        incomplete: [
          { field: 'NOTE', reason: 'malformed' },
          { field: 'TITLE', reason: 'malformed' },
        ],
      },
    ])
  })

  test('a date that is none', async () => {
    expect(await contactOf('FN:Ann', 'BDAY:soon', 'ANNIVERSARY:2001-02-30')).toMatchObject({
      incomplete: [
        { field: 'BDAY', reason: 'malformed' },
        { field: 'ANNIVERSARY', reason: 'malformed' },
      ],
    })
  })

  test('more lines than any contact has', async () => {
    const numbers = Array.from({ length: 6000 }, (_, index) => `TEL:${index}`)
    const contact = await contactOf('FN:Ann', ...numbers)
    expect(contact.phones).toHaveLength(4999)
    expect(contact.incomplete).toEqual([{ field: 'TEL', reason: 'malformed' }])
  })
})

test('the UID of a card is its id, so a person who gets another address stays the same', async () => {
  const idOf = async (...lines: readonly string[]) => {
    const { contacts } = await readAll(exportFileOf(card('FN:Ann', ...lines), options))
    return contacts[0]?.id
  }
  expect(await idOf('UID:1', 'EMAIL:a@example.test')).toBe(await idOf('UID:1', 'EMAIL:b@example.test'))
  expect(await idOf('EMAIL:a@example.test')).toBe(await idOf('EMAIL:A@example.test', 'TEL:1'))
  expect(await idOf('EMAIL:a@example.test')).not.toBe(await idOf('UID:1', 'EMAIL:a@example.test'))
})

test('ical.js reads the same values from the same card', async () => {
  const text = card(
    ...[
      'VERSION:4.0',
      'FN:Ann \\, Lee',
      'N:Lee;Ann,B;Middle;Dr.;Jr.',
      'ORG:Contoso\\, Ltd.;Sales',
      'TITLE:Head\\nof all',
    ],
    ...['TEL;TYPE=work:+1 206 555 0100', 'TEL;TYPE="cell,voice":+1 206 555 0101', 'EMAIL:ann@example.test'],
    ...[
      'ADR;TYPE=home:;;5 Long Road\\, ',
      '  House B;Town;State;12345;Land',
      'CATEGORIES:a\\,b,c',
      'NOTE:folded',
      '  twice',
      ' , here',
    ],
  )
  const [, properties] = ICAL.parse(text) as unknown as [string, [string, unknown, string, ...unknown[]][]]
  const all = (name: string) =>
    properties.filter(([each]) => each === name).flatMap(([, , , ...values]) => values)
  const [contact] = await contactsOf(text)
  const { name, organization, phones, emails, addresses, note, categories } = contact!
  expect([name.full]).toEqual(all('fn'))
  expect([[name.family, name.given?.split(','), name.middle, name.prefix, name.suffix]]).toEqual(all('n'))
  expect([[organization?.name, organization?.department]]).toEqual(all('org'))
  expect([organization?.title]).toEqual(all('title'))
  expect(phones.map(({ value }) => value)).toEqual(all('tel'))
  expect(emails.map(({ address }) => address)).toEqual(all('email'))
  const [{ street, city, region, postalCode, country } = { street: '' }] = addresses
  expect([['', '', street, city, region, postalCode, country]]).toEqual(all('adr'))
  expect([note]).toEqual(all('note'))
  expect(categories).toEqual(all('categories'))
})
