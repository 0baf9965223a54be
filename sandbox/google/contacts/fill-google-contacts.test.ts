import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { describe, expect } from 'vitest'
import { startSandbox } from '../../index.ts'
import { sharedSandbox } from '../../visited-sandbox.ts'
import { peopleVisitor } from '../google-visitor.ts'
import { storedFields, type PersonFields, type StoredField } from './google-person.ts'

const test = sharedSandbox({})
  .extend('people', { scope: 'file' }, ({ sandbox }) => sandbox.google.contacts('user').all())
  .extend('fields', { scope: 'file' }, ({ people }): readonly PersonFields[] =>
    people.map(({ fields }) => fields),
  )

const entries = (all: readonly PersonFields[], field: StoredField) =>
  all.flatMap((fields) => fields[field] ?? [])

const typesOf = (all: readonly PersonFields[], field: StoredField): Set<unknown> =>
  new Set(entries(all, field).map(({ type }) => type))

describe('an account', () => {
  test('is as large as the settings say, and the same for the same seed', async ({ people }) => {
    expect(people).toHaveLength(620)
    const namesFor = async (seed: number): Promise<string> => {
      const other = await startSandbox({ seed, googleContacts: 40 })
      const listed = other.google.contacts('user').all()
      await other.close()
      return JSON.stringify(listed)
    }
    const first = await namesFor(3)
    expect(await namesFor(3)).toBe(first)
    expect(await namesFor(4)).not.toBe(first)
    expect(people.every(({ resourceName }) => /^people\/c\d{19}$/.test(resourceName))).toBe(true)
    expect(new Set(people.map(({ resourceName }) => resourceName)).size).toBe(620)
    expect(new Set(people.map(({ sourceId }) => sourceId)).size).toBe(620)
  })

  test('has everything that Google contacts have', ({ fields }) => {
    for (const field of storedFields) expect(entries(fields, field), field).not.toEqual([])
    const phones = typesOf(fields, 'phoneNumbers')
    for (const type of [
      'home',
      'work',
      'mobile',
      'homeFax',
      'workFax',
      'otherFax',
      'main',
      'pager',
      'workMobile',
    ])
      expect(phones).toContain(type)
    for (const label of ['Ferienhaus', 'Desk', '実家', 'Mamá', 'Desk extension', undefined])
      expect(phones).toContain(label)
    expect(typesOf(fields, 'emailAddresses')).toContain('Vereinspost')
    const organizations = fields.filter((each) => (each.organizations?.length ?? 0) > 1)
    expect(organizations.length).toBeGreaterThan(5)
    const dates = entries(fields, 'birthdays').map(({ date }) => date as { year?: number } | undefined)
    expect(dates.some((date) => date !== undefined && date.year === undefined)).toBe(true)
    expect(dates.some((date) => date?.year !== undefined)).toBe(true)
    expect(entries(fields, 'photos').every((photo) => photo.default === true)).toBe(true)
    const groups = new Set(entries(fields, 'memberships').map((entry) => JSON.stringify(entry)))
    expect(groups.size).toBe(3)
  })

  test('has people without a name: with a number only, a company only, an address only, or nothing', ({
    fields,
  }) => {
    const only = (field: StoredField): boolean =>
      fields.some(
        (each) => Object.keys(each).every((name) => name === field || name === 'memberships') && each[field],
      )
    for (const field of ['phoneNumbers', 'organizations', 'emailAddresses'] as const)
      expect(only(field)).toBe(true)
    expect(fields.some((each) => Object.keys(each).every((name) => name === 'memberships'))).toBe(true)
  })

  test('has a canonical form of the numbers that Google understands, and of no others', ({ fields }) => {
    const phones = entries(fields, 'phoneNumbers')
    expect(phones.some(({ canonicalForm }) => canonicalForm === undefined)).toBe(true)
    for (const { canonicalForm } of phones)
      if (canonicalForm !== undefined) expect(canonicalForm).toMatch(/^\+[1-9]\d{6,14}$/)
  })

  test('shares about one in ten with the mailbox, by name and by an address or number', ({
    sandbox,
    fields,
  }) => {
    const numbersOf = (texts: readonly (string | null)[]): string[] =>
      texts.flatMap((text) => (text === null ? [] : (parsePhoneNumberFromString(text)?.number ?? [])))
    const others = sandbox
      .mailbox('user')
      .contacts()
      .map(({ fields }) => ({
        ...fields,
        numbers: numbersOf([fields.mobilePhone, ...fields.homePhones, ...fields.businessPhones]),
      }))
    const counts = { name: 0, same: 0, number: 0 }
    for (const each of fields) {
      const name = each.names?.[0]?.displayName
      const mails = new Set(each.emailAddresses?.map(({ value }) => value))
      const numbers = new Set(each.phoneNumbers?.map(({ canonicalForm }) => canonicalForm ?? 'none'))
      const namesakes = others.filter(({ displayName }) => displayName === name && name !== undefined)
      const shares = (other: (typeof others)[number]): boolean =>
        other.emailAddresses.some(({ address }) => mails.has(address)) ||
        other.numbers.some((number) => numbers.has(number))
      if (namesakes.some(shares)) counts.same += 1
      else if (namesakes.length > 0) counts.name += 1
      else if (others.some(shares)) counts.number += 1
    }
    expect(counts.same).toBeGreaterThan(50)
    expect(counts.same).toBeLessThan(75)
    expect(counts.name).toBeGreaterThanOrEqual(3)
    expect(counts.number).toBeGreaterThanOrEqual(3)
  })

  test('does not change with what happens to the mailbox', async ({ people }) => {
    const remembered = { id: 'one', changes: [{ at: '2026-10-01T00:00:00Z', edits: 8 }] }
    const later = await startSandbox({ remembered })
    expect(later.google.contacts('user').all()).toEqual(people)
    await later.close()
  })

  test('outlives the sandbox, and so do its sync tokens, if the sandbox is remembered', async () => {
    const remembered = { id: 'one', changes: [] }
    const syncWith = async (id: string, token?: string) => {
      const sandbox = await startSandbox({
        contacts: 5,
        googleContacts: 5,
        remembered: { ...remembered, id },
      })
      const query = `personFields=names&requestSyncToken=true${token === undefined ? '' : `&syncToken=${token}`}`
      const { status, body } = await peopleVisitor(sandbox).list(query)
      await sandbox.close()
      return { status, token: String(body.nextSyncToken) }
    }
    const first = await syncWith('one')
    expect((await syncWith('one', first.token)).status).toBe(200)
    expect((await syncWith('two', first.token)).status).toBe(400)
  })
})

describe('a person', () => {
  test('is written as Google writes it', async ({ sandbox }) => {
    const contacts = sandbox.google.contacts('personal')
    for (const { resourceName } of contacts.all()) contacts.remove(resourceName)
    contacts.add(
      {
        emailAddresses: [
          { value: 'ada@analytical.example', type: 'work', formattedType: 'Work' },
          { value: 'ada.home@example.org', type: 'home', formattedType: 'Home' },
        ],
        names: [{ displayName: 'Dr. Ada King Lovelace Jr.', familyName: 'Lovelace' }],
        memberships: [
          {
            contactGroupMembership: {
              contactGroupId: 'myContacts',
              contactGroupResourceName: 'contactGroups/myContacts',
            },
          },
        ],
      },
      '2026-10-01T09:12:33.512Z',
    )
    const [{ resourceName, etag, sourceId }] = contacts.all() as [ReturnType<typeof contacts.add>]
    const source = { type: 'CONTACT', id: sourceId }
    const visitor = peopleVisitor(sandbox, 'personal')
    const { text } = await visitor.list('personFields=memberships,emailAddresses,names,metadata,urls')
    expect(JSON.stringify(JSON.parse(text))).toBe(
      JSON.stringify({
        connections: [
          {
            resourceName,
            etag,
            metadata: {
              sources: [
                { ...source, etag: `#${etag.slice(1, 12)}=`, updateTime: '2026-10-01T09:12:33.512Z' },
              ],
              objectType: 'PERSON',
            },
            names: [
              {
                metadata: { primary: true, sourcePrimary: true, source },
                displayName: 'Dr. Ada King Lovelace Jr.',
                familyName: 'Lovelace',
              },
            ],
            emailAddresses: [
              {
                metadata: { primary: true, sourcePrimary: true, source },
                value: 'ada@analytical.example',
                type: 'work',
                formattedType: 'Work',
              },
              { metadata: { source }, value: 'ada.home@example.org', type: 'home', formattedType: 'Home' },
            ],
            memberships: [
              {
                metadata: { source },
                contactGroupMembership: {
                  contactGroupId: 'myContacts',
                  contactGroupResourceName: 'contactGroups/myContacts',
                },
              },
            ],
          },
        ],
        totalPeople: 1,
        totalItems: 1,
      }),
    )
    const [bare] = (await visitor.list('personFields=urls')).body.connections as object[]
    expect(Object.keys(bare!)).toEqual(['resourceName', 'etag'])
  })
})
