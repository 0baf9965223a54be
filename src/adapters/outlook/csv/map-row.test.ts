import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exportFileOf, readAll } from '../../../../test/outlook/export-file-of.ts'

const recorded = (name: string) =>
  exportFileOf(readFileSync(new URL(`../../../../test/payloads/outlook/${name}.csv`, import.meta.url)))

/** The first contact of a table, without what every contact has. */
const contactOf = async (text: string) => {
  const { contacts } = await readAll(exportFileOf(text))
  const [{ id: _, source: __, version: ___, ...contact } = contacts[0]!] = contacts
  return contact
}

const joerg = {
  name: { given: 'Jörg', family: 'Müller' },
  organization: { name: 'Fabrikam, GmbH' },
  phones: [
    { kind: 'work', value: '+49 30 123456' },
    { kind: 'mobile', value: '0171 2345678' },
  ],
  emails: [{ address: 'joerg@fabrikam.example' }],
}
const pizza = {
  name: {},
  organization: { name: 'Pizza Roma' },
  phones: [{ kind: 'work', value: '(425) 555-0199' }],
  emails: [],
}
const exchange = {
  address: '/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=abc-ada',
  routingType: 'EX',
}

describe('a table of', () => {
  test('classic Outlook has its 92 columns, notes in lines, empty dates and Exchange names', async () => {
    const { contacts, skipped } = await readAll(recorded('outlook-classic-cp1252'))
    expect(skipped).toEqual([])
    expect(contacts).toMatchObject([
      joerg,
      pizza,
      { name: { given: 'Ada', family: 'Lovelace' }, emails: [{ address: 'ada@contoso.example' }, exchange] },
    ])
    expect(contacts[0]?.note?.replaceAll('\r', '')).toBe('line 1\nline 2 "quoted"')
    for (const contact of contacts) {
      expect(contact).not.toHaveProperty('birthday')
      expect(contact).not.toHaveProperty('incomplete')
    }
  })

  test('Outlook on the web has its 61 columns', async () => {
    const { contacts, skipped } = await readAll(recorded('outlook-web-utf8bom'))
    expect(skipped).toEqual([])
    expect(contacts).toMatchObject([
      joerg,
      pizza,
      { name: { given: 'Ada', family: 'Lovelace' }, emails: [exchange] },
    ])
  })

  test('Outlook in German is read', async () => {
    const text = `"Anrede";"Vorname";"Nachname";"Firma";"Position";"Straße geschäftlich";"Straße geschäftlich 2";"Ort geschäftlich";"Land/Region geschäftlich";"Weitere Straße";"Telefon geschäftlich";"Mobiltelefon 2";"Fax privat";"E-Mail-Adresse";"E-Mail: Angezeigter Name";"Geburtstag";"Kategorien";"Notizen"\r\n"Dr.";"Jörg";"Müller";"Fabrikam";"Leiter";"Hof 1";"Haus B";"Berlin";"Deutschland";"Weg 2";"030 1";"0171";"030 2";"j@fabrikam.example";"Jörg Müller (j@fabrikam.example)";"4.5.1980";"Kunde;Freund";"x"\r\n`
    expect(await contactOf(text)).toEqual({
      name: { prefix: 'Dr.', given: 'Jörg', family: 'Müller' },
      organization: { name: 'Fabrikam', title: 'Leiter' },
      phones: [
        { kind: 'work', value: '030 1' },
        { kind: 'mobile', value: '0171' },
        { kind: 'fax', at: 'home', value: '030 2' },
      ],
      emails: [{ address: 'j@fabrikam.example' }],
      addresses: [
        { kind: 'work', street: 'Hof 1\nHaus B', city: 'Berlin', country: 'Deutschland' },
        { kind: 'other', street: 'Weg 2' },
      ],
      ims: [],
      categories: ['Kunde', 'Freund'],
      birthday: { year: 1980, month: 5, day: 4 },
      note: 'x',
    })
  })

  test('Outlook in French is read, whose form of address and job have the same name', async () => {
    const text = `Titre\tPrénom\tNom\tSociété \tTitre\tTéléphone 2 (domicile)\tTélécopie (autre)\tAdresse de messagerie 2\tAnniversaire\r\nMme\tAnne\tLee\tContoso\tCheffe\t01\t02\ta@contoso.example\t05/04/1980\r\n`
    expect(await contactOf(text)).toMatchObject({
      name: { prefix: 'Mme', given: 'Anne', family: 'Lee' },
      organization: { name: 'Contoso', title: 'Cheffe' },
      phones: [
        { kind: 'home', value: '01' },
        { kind: 'fax', value: '02' },
      ],
      emails: [{ address: 'a@contoso.example' }],
      birthday: { year: 1980, month: 4, day: 5 },
    })
  })
})

const head = 'sep=;\r\nLAST NAME ; first  name;Birthday;Anniversary;Company'

test('columns have any order, capitals and spaces, and Excel may name the delimiter', async () => {
  expect(await contactOf(`${head}\r\nLee;Ann;;;"Contoso; Ltd."`)).toMatchObject({
    name: { given: 'Ann', family: 'Lee' },
    organization: { name: 'Contoso; Ltd.' },
  })
})

test('columns that no address book needs are not read, and private contacts are their owner’s', async () => {
  const contact = await contactOf(
    'First Name,Last Name,Company,Government ID Number,Billing Information,Account,User 1,Hobby,Private,Sensitivity\r\nAnn,Lee,Contoso,secret1,secret2,secret3,secret4,secret5,True,Private',
  )
  expect(contact.name).toEqual({ given: 'Ann', family: 'Lee' })
  expect(JSON.stringify(contact)).not.toMatch(/secret|True|Private/)
})

test('formulas are text, as they are', async () => {
  const contact = await contactOf(`First Name,Last Name,Notes\r\n=HYPERLINK(1),'+1,"@SUM(A1)"`)
  expect(contact).toMatchObject({ name: { given: '=HYPERLINK(1)', family: "'+1" }, note: '@SUM(A1)' })
})

test('a primary number is told once, and a post-office box is a line of the street', async () => {
  const text =
    'Business Phone,Primary Phone,Home Phone,Home Street,Home Address PO Box\r\n1,1,3,Road 5,P.O. 7\r\n1,2,3,"P.O. 7, Road 5",P.O. 7'
  const { contacts } = await readAll(exportFileOf(text))
  expect(contacts.map(({ phones }) => phones.map(({ value }) => value))).toEqual([
    ['1', '3'],
    ['1', '3', '2'],
  ])
  expect(contacts.map(({ addresses }) => addresses[0]?.street)).toEqual(['Road 5\nP.O. 7', 'P.O. 7, Road 5'])
})

test('an Exchange type without an Exchange name is one too', async () => {
  const text = 'First Name,E-mail Address,E-mail Type\r\nAda,abc-ada,EX\r\nAnn,ann@example.test,SMTP'
  const { contacts } = await readAll(exportFileOf(text))
  expect(contacts.map(({ emails }) => emails)).toEqual([
    [{ address: 'abc-ada', routingType: 'EX' }],
    [{ address: 'ann@example.test' }],
  ])
})

describe('dates', () => {
  const birthdays = async (names: string, ...dates: readonly string[]) => {
    const rows = dates.map((date) => `A;B;${date}`).join('\n')
    const { contacts } = await readAll(exportFileOf(`${names}\n${rows}`))
    return contacts.map(({ birthday, incomplete }) =>
      incomplete
        ? 'malformed'
        : birthday
          ? `${birthday.year ?? ''}-${birthday.month}-${birthday.day}`
          : 'none',
    )
  }
  const english = 'First Name;Last Name;Birthday'
  const german = 'Vorname;Nachname;Geburtstag'

  test.each([
    ['the month first in English', english, ['4/5/1980'], ['1980-4-5']],
    ['the day first in other languages', german, ['4/5/1980'], ['1980-5-4']],
    ['the day first if any date shows it', english, ['4/5/1980', '31/5/1980'], ['1980-5-4', '1980-5-31']],
    ['the month first if any date shows it', german, ['4/5/1980', '5/31/1980'], ['1980-4-5', '1980-5-31']],
    ['the day before a dot', english, ['4.5.1980', '5/6/1980'], ['1980-5-4', '1980-5-6']],
    [
      'the year first if it has four digits',
      english,
      ['1980-04-05', '1980/4/5 12:00'],
      ['1980-4-5', '1980-4-5'],
    ],
    ['no year for 1604', english, ['4/5/1604', '1604-04-05'], ['-4-5', '-4-5']],
    ['none', english, ['0/0/00', '0/0/0000', '00.00.00', '1/1/4501', ''], Array(5).fill('none')],
    [
      'years with two digits in the past',
      english,
      ['4/5/80', '4/5/26', '4/5/27'],
      ['1980-4-5', '2026-4-5', '1927-4-5'],
    ],
    ['no date', english, ['soon', '13/32/1980', '2/30/1980'], Array(3).fill('malformed')],
  ])('have %s', async (_, names, dates, expected) => {
    expect(await birthdays(names, ...dates)).toEqual(expected)
  })
})
