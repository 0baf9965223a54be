import type { Roll } from '../../mailbox/extended-properties.ts'
import type { FieldEntry, PersonFields, StoredField } from './google-person.ts'
import { phone, typed, withoutEmpty } from './to-google.ts'

const group = (id: string): FieldEntry => ({
  contactGroupMembership: { contactGroupId: id, contactGroupResourceName: `contactGroups/${id}` },
})

const two = (n: number): string => n.toString().padStart(2, '0')

/** Numbers that are reserved for fiction (NANP: 555-0100 to 555-0199). */
const number = (roll: Roll): string => `+1 206 555 01${two(roll(100))}`

const pick = <T>(roll: Roll, items: readonly [T, ...T[]]): T => items[roll(items.length)] ?? items[0]

/** What Google contacts have and a mailbox has not: each for one in so many contacts. */
const additions: readonly (readonly [
  oneIn: number,
  field: StoredField,
  entry: (roll: Roll) => FieldEntry,
])[] = [
  [12, 'phoneNumbers', (roll) => phone(number(roll), pick(roll, ['workFax', 'homeFax', 'otherFax']))],
  [
    15,
    'phoneNumbers',
    (roll) => phone(number(roll), pick(roll, ['main', 'pager', 'workMobile', 'workPager', 'other'])),
  ],
  [15, 'phoneNumbers', (roll) => phone(number(roll), pick(roll, ['Ferienhaus', 'Desk', '実家', 'Mamá']))],
  [30, 'phoneNumbers', (roll) => phone(String(100 + roll(900)), 'Desk extension')],
  [30, 'phoneNumbers', (roll) => ({ value: number(roll) })],
  [
    20,
    'emailAddresses',
    (roll) => ({
      value: `extra.${roll(10_000)}@example.net`,
      ...typed(pick(roll, ['work', 'other', 'Vereinspost', null])),
    }),
  ],
  [
    12,
    'organizations',
    (roll) => ({
      ...(roll(2) === 0 && typed('Ehrenamt')),
      name: pick(roll, ['Sportverein Nord', 'Parents’ Council', 'Chœur de Lyon']),
      ...(roll(2) === 0 && { title: pick(roll, ['Treasurer', 'Kassenwart', 'Présidente']) }),
    }),
  ],
  [25, 'sipAddresses', (roll) => ({ value: `sip:line${roll(1000)}@pbx.example`, ...typed('work') })],
  [
    40,
    'imClients',
    (roll) => ({
      username: `user${roll(1000)}@chat.example`,
      ...typed('home'),
      protocol: 'jabber',
      formattedProtocol: 'Jabber',
    }),
  ],
  [
    15,
    'urls',
    (roll) => ({
      value: `https://pages.example/${roll(1000)}`,
      ...typed(pick(roll, ['blog', 'profile', 'Shop'])),
    }),
  ],
  [30, 'userDefined', (roll) => ({ key: 'Customer number', value: String(1000 + roll(9000)) })],
  [
    30,
    'events',
    (roll) => ({
      date: { ...(roll(2) === 0 && { year: 1990 + roll(30) }), month: 1 + roll(12), day: 1 + roll(28) },
      ...typed('anniversary'),
    }),
  ],
  [4, 'photos', () => ({ url: 'https://lh3.googleusercontent.com/example/s100/photo.jpg', default: true })],
  [12, 'memberships', () => group('starred')],
  [15, 'memberships', () => group('4a5b6c')],
]

const singletons: readonly (readonly [
  oneIn: number,
  field: StoredField,
  entry: (roll: Roll) => FieldEntry,
])[] = [
  [
    12,
    'birthdays',
    (roll) => {
      const [month, day] = [1 + roll(12), 1 + roll(28)]
      return { date: { month, day }, text: `${month}/${day}` }
    },
  ],
  [15, 'biographies', () => ({ value: 'Met at the fair.\nPrefers email.', contentType: 'TEXT_PLAIN' })],
  [15, 'nicknames', (roll) => ({ value: pick(roll, ['Kiki', 'Der Lange', 'ちゃん']) })],
]

/** One in so many contacts has nothing but this. */
const lonely: readonly (readonly [oneIn: number, only: (roll: Roll) => PersonFields])[] = [
  [60, (roll) => ({ phoneNumbers: [phone(number(roll), roll(2) === 0 ? null : 'mobile')] })],
  [60, (roll) => ({ organizations: [{ name: pick(roll, ['Pizza Roma', 'Taxi 24', 'コントソ株式会社']) }] })],
  [120, (roll) => ({ emailAddresses: [{ value: `no-name${roll(1000)}@example.net` }] })],
  [150, () => ({})],
]

/** Adds what only Google contacts have; leaves almost nothing of some. */
export const embellish = (fields: PersonFields, roll: Roll): PersonFields => {
  const memberships = roll(50) === 0 ? [] : [group('myContacts')]
  for (const [oneIn, only] of lonely)
    if (roll(oneIn) === 0) return withoutEmpty({ ...only(roll), memberships })
  let result: PersonFields = { ...fields, memberships }
  for (const [oneIn, field, entry] of additions)
    if (roll(oneIn) === 0) result = { ...result, [field]: [...(result[field] ?? []), entry(roll)] }
  for (const [oneIn, field, entry] of singletons)
    if (roll(oneIn) === 0) result = { ...result, [field]: [entry(roll)] }
  return withoutEmpty(result)
}
