import type { ContactFields } from './contact-fields.ts'
import type { Locale } from './locales.ts'

type Dice = Locale['faker']
type Fields = Partial<ContactFields>

const SALES = 'sales@acme.example'

/** What users, old phones and other programs do to a contact, each with its frequency here. */
const blemishes: readonly (readonly [
  share: number,
  apply: (f: Fields, previous: Fields, d: Dice) => Fields,
])[] = [
  [0.012, (f) => ({ ...f, ...nameless, displayName: '', companyName: null })],
  [0.04, (f, _, d) => ({ ...f, ...nameless, ...only(d.company.name()) })],
  [
    0.02,
    (f, p) => ({
      ...f,
      givenName: p.givenName ?? null,
      surname: p.surname ?? null,
      displayName: p.displayName ?? null,
    }),
  ],
  [0.05, (f, _, d) => ({ ...f, emailAddresses: threeEmails(d) })],
  [0.01, (f, _, d) => ({ ...f, emailAddresses: [colleague(f, d)] })],
  [0.005, (f) => ({ ...f, emailAddresses: [{ name: f.displayName ?? 'Somebody' }] })],
  [
    0.03,
    (f, _, d) => ({ ...f, businessPhones: [`+1 555 01${d.string.numeric(2)} ext. ${d.string.numeric(3)}`] }),
  ],
  [
    0.01,
    (f, _, d) => ({ ...f, businessPhones: [`1-800-${d.string.alpha({ length: 7, casing: 'upper' })}`] }),
  ],
  [0.01, (f) => ({ ...f, mobilePhone: 'ask Marta ☎' })],
  [0.02, (f, _, d) => ({ ...f, displayName: `${f.displayName ?? ''} ${d.helpers.arrayElement(emoji)}` })],
  [0.01, (f) => ({ ...f, displayName: `\u202e${f.displayName ?? ''}\u202c` })],
  [
    0.01,
    (f) => ({ ...f, displayName: `  ${f.displayName ?? ''}\t`, surname: f.surname?.toUpperCase() ?? null }),
  ],
  [0.02, (f, _, d) => ({ ...f, personalNotes: `\r\n${d.lorem.paragraphs(3, '\r\n')}` })],
  [0.01, (f, _, d) => ({ ...f, personalNotes: longNote(d) })],
  // The following draw no random numbers, so that all other contacts of a seed stay the same.
  [0.004, (f) => ({ ...f, birthday: '0001-01-01T00:00:00Z' })],
  [0.004, (f) => ({ ...f, birthday: '4501-01-01T00:00:00Z' })],
  [0.004, (f) => ({ ...f, birthday: '1604-02-29T11:59:00Z' })],
  [0.004, (f) => ({ ...f, emailAddresses: [{ name: 'reception@firma.example' }] })],
  [0.004, (f) => ({ ...f, emailAddresses: [{ name: 'Test Test', address: '' }] })],
  [0.004, (f) => ({ ...f, emailAddresses: [{ name: `Sales Desk (${SALES})`, address: SALES }] })],
  [0.004, (f) => ({ ...f, ...nameless, displayName: '', companyName: null, fileAs: 'Plumber' })],
]

/** Leaves most contacts unchanged and gives some of them one blemish. */
export const disfigure = (fields: Fields, previous: Fields, dice: Dice): Fields => {
  let roll = dice.number.float()
  for (const [share, apply] of blemishes) {
    if (roll < share) return apply(fields, previous, dice)
    roll -= share
  }
  return fields
}

const nameless: Fields = {
  givenName: null,
  surname: null,
  middleName: null,
  nickName: '',
  title: null,
  fileAs: '',
}

const only = (company: string): Fields => ({ companyName: company, displayName: company, fileAs: company })

const emoji = ['🎉', '👩‍👩‍👧', '❤️ (mum)', '🏳️‍🌈', '💇🏽‍♂️', '📦']

const threeEmails = (dice: Dice): ContactFields['emailAddresses'] =>
  ['Work', 'Home', ''].map((name) => {
    const address = `${dice.string.alpha({ length: 9, casing: 'mixed' })}@example.org`
    return { name: name || address, address }
  })

/** Exchange names colleagues by X.500 address. */
const colleague = (fields: Fields, dice: Dice): ContactFields['emailAddresses'][number] => ({
  name: fields.displayName ?? 'Colleague',
  address: `/o=ExchangeLabs/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)/cn=Recipients/cn=${dice.string.hexadecimal({ length: 32, prefix: '' })}`,
})

const longNote = (dice: Dice): string => `${dice.lorem.paragraphs(4)}\n— ${'notes 📝 '.repeat(40)}`
