import { beforeAll, describe, expect, test } from 'vitest'
import { fillMailbox, type Filling } from './fill-mailbox.ts'
import { loadLocales } from './locales.ts'
import type { Mailbox } from './mailbox.ts'

let locales: Awaited<ReturnType<typeof loadLocales>>
let mailbox: Mailbox

const filling: Filling = { seed: 1, contacts: 2000, folders: 5, distributionLists: 24 }

beforeAll(async () => {
  locales = await loadLocales()
  mailbox = fillMailbox('user', filling, locales)
})

test('the same seed gives the same mailbox, and another seed another one', () => {
  const small = { ...filling, contacts: 50 }
  const [one, same, other] = [1, 1, 2].map((seed) =>
    fillMailbox('user', { ...small, seed }, locales).contacts(),
  )
  expect(same).toEqual(one)
  expect(other).not.toEqual(one)
})

test('contacts are in the default folder, in its children, and deeper', () => {
  const depth = (id: string): number => {
    const parent = mailbox.folders.find((folder) => folder.id === mailbox.folder(id)?.parentId)
    return parent === undefined ? 0 : 1 + depth(parent.id)
  }
  expect(mailbox.size).toBe(2000)
  expect(mailbox.folders).toHaveLength(6)
  expect(new Set(mailbox.contacts().map(({ folderId }) => depth(folderId)))).toEqual(new Set([0, 1, 2, 3]))
})

test('last changes are spread over years, and none is before the creation of its contact', () => {
  const years = new Set(mailbox.contacts().map(({ modified }) => modified.slice(0, 4)))
  expect(years.size).toBeGreaterThan(8)
  expect(mailbox.contacts().every(({ created, modified }) => created <= modified)).toBe(true)
})

describe('the mailbox is as messy as real address books', () => {
  const some = (holds: (fields: ReturnType<Mailbox['contacts']>[number]['fields']) => boolean): number =>
    mailbox.contacts().filter(({ fields }) => holds(fields)).length

  test.each([
    ['Arabic', /\p{Script=Arabic}/u],
    ['Hebrew', /\p{Script=Hebrew}/u],
    ['Greek', /\p{Script=Greek}/u],
    ['Cyrillic', /\p{Script=Cyrillic}/u],
    ['Thai', /\p{Script=Thai}/u],
    ['Devanagari', /\p{Script=Devanagari}/u],
    ['Han', /\p{Script=Han}/u],
    ['Hangul', /\p{Script=Hangul}/u],
    ['accents', /[éèłñşöü]/u],
    ['emoji', /\p{Extended_Pictographic}/u],
  ])('names in %s', (_, script) => {
    expect(some(({ displayName }) => script.test(displayName ?? ''))).toBeGreaterThan(0)
  })

  test.each([
    ['no name', (f) => (f.displayName ?? '') === '' && (f.surname ?? '') === ''],
    ['a company only', (f) => f.companyName === f.displayName && f.givenName === null],
    ['three e-mail addresses', (f) => f.emailAddresses.length === 3],
    ['no e-mail address', (f) => f.emailAddresses.length === 0],
    ['an X.500 address', (f) => f.emailAddresses.some(({ address }) => address?.startsWith('/o=') === true)],
    ['an e-mail without an address', (f) => f.emailAddresses.some(({ address }) => address === undefined)],
    [
      'an e-mail whose name is the address',
      (f) => f.emailAddresses.some(({ name }) => name?.startsWith('reception@')),
    ],
    [
      'a label beside an address',
      (f) => f.emailAddresses.some(({ name }) => name?.startsWith('Sales Desk (')),
    ],
    ['nothing but what it is filed under', (f) => f.fileAs === 'Plumber' && f.displayName === ''],
    ['a placeholder instead of a birthday', (f) => /^(0001|4501)-01-01/.test(f.birthday ?? '')],
    ['a birthday without a year', (f) => f.birthday?.startsWith('1604') === true],
    ['numbers that Graph returns only on request', (f) => f.extended.length > 1],
    ['no such numbers', (f) => f.extended.length === 0],
    ['such a number that was removed', (f) => f.extended.some(({ value }) => value === '')],
    ['an extension', (f) => f.businessPhones.some((phone) => phone.includes('ext.'))],
    ['letters in a number', (f) => f.businessPhones.some((phone) => /1-800-[A-Z]/.test(phone))],
    ['a note longer than lists show', (f) => (f.personalNotes?.length ?? 0) > 256],
    ['a note that begins with a line break', (f) => f.personalNotes?.startsWith('\r\n') === true],
  ] as [string, Parameters<typeof some>[0]][])('somebody has %s', (_, holds) => {
    expect(some(holds)).toBeGreaterThan(0)
  })

  test('two people have the same name', () => {
    const names = mailbox
      .contacts()
      .flatMap(({ fields }) => (fields.givenName === null ? [] : [fields.displayName]))
    expect(new Set(names).size).toBeLessThan(names.length)
  })

  test('mail cannot reach anyone by accident: every domain is reserved for examples', () => {
    for (const { fields } of mailbox.contacts())
      for (const { address = '' } of fields.emailAddresses)
        if (address.includes('@')) expect(address).toMatch(/@(example\.(com|org|net)|\w+\.example)$/)
  })
})
