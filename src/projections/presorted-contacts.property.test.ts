import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Contact } from '../domain/contact.ts'
import { sampleContact } from '../testing/sample-contacts.ts'
import { PresortedContacts } from './presorted-contacts.ts'
import { ContactOrder, inDisplayOrder } from './sort-contacts.ts'

const ids = (contacts: readonly Contact[]) => contacts.map(({ id }) => id)
const noWork = async () => undefined

const scripts = [
  'Ann',
  'ann',
  'Åsa',
  'Zoe',
  'Ümit',
  'Ólafur',
  'Łucja',
  'Đoàn',
  'Чехов',
  'Άννα',
  'عمر',
  'やまだ',
  '山田',
]
const oddities = [
  '',
  '-Bo-',
  '9 Lives',
  '10 Lives',
  'c',
  'ch',
  'h',
  'aa',
  'I',
  'ı',
  'ß',
  'ss',
  '👩‍🚀',
  '김',
  'e\u0301',
  'é',
]
const name = fc.oneof(
  fc.constantFrom(...scripts, ...oddities),
  fc
    .array(fc.constantFrom(...scripts, ...oddities), { minLength: 2, maxLength: 3 })
    .map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 6 }),
)

const contactOf = ({ name, number }: { name: string; number: boolean }, id: string): Contact =>
  sampleContact(id, {
    name: name === '' ? {} : { full: name },
    phones: number ? [{ value: '+1 206 555 0100', kind: 'work' }] : [],
  })

const drawn = fc.array(fc.record({ name, number: fc.boolean() }), { maxLength: 60 })

test('however contacts are added and partly sorted, the order is the same as if all were sorted together', async () => {
  const part = fc.record({
    size: fc.nat(30),
    as: fc.constantFrom('unsorted' as const, 'sorted' as const),
    slices: fc.nat(3),
  })
  await fc.assert(
    fc.asyncProperty(
      drawn,
      fc.array(part),
      fc.constantFrom('en', 'sv', 'cs', 'tr', 'ja', 'ru', 'ar'),
      async (all, parts, locale) => {
        const contacts = all.map((each, index) => contactOf(each, `${(index * 7919) % all.length}/${index}`))
        const presorted = new PresortedContacts(new ContactOrder(locale))
        const rest = [...contacts]
        for (const { size, as, slices } of parts) {
          const some = rest.splice(0, size)
          if (as === 'sorted') presorted.addSorted(inDisplayOrder(some, locale))
          else presorted.add(some)
          let turns = 0
          await presorted.sort(noWork, () => turns++ < slices)
        }
        presorted.add(contacts)
        expect(ids(await presorted.inOrder(noWork))).toEqual(ids(inDisplayOrder(contacts, locale)))
        expect(presorted.size).toBe(contacts.length)
      },
    ),
    { numRuns: 300 },
  )
})
