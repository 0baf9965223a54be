import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import { inDisplayOrder, inDisplayOrderBySlices } from './sort-contacts.ts'

const ids = (contacts: ReturnType<typeof inDisplayOrder>) => contacts.map(({ id }) => id)

test('sorting by slices gives the same order as sorting at once, and lets other work go on between them', async () => {
  const names = fc.constantFrom('', 'Ann', 'ann', 'Åsa', 'Zoe', '9 Lives', '10 Lives', '山田', 'Ümit', '-Bo-')
  const contact = fc.record({ name: names, number: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.array(contact, { minLength: 1_500, maxLength: 3_500, size: 'max' }),
      fc.constantFrom('en', 'sv', 'ja'),
      async (drawn, locale) => {
        const contacts = drawn.map(({ name, number }, index) =>
          sampleContact(`${(index * 7919) % drawn.length}`, {
            name: name === '' ? {} : { full: name },
            phones: number ? [{ value: '+1 206 555 0100', kind: 'work' }] : [],
          }),
        )
        let turns = 0
        const sliced = await inDisplayOrderBySlices(contacts, locale, async () => {
          turns++
        })
        expect(ids(sliced)).toEqual(ids(inDisplayOrder(contacts, locale)))
        expect(turns).toBeGreaterThan(1)
      },
    ),
    { numRuns: 10 },
  )
})
