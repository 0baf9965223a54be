import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Contact } from '../domain/contact.ts'
import { sources } from '../domain/source.ts'
import { sampleContact } from '../testing/sample-contacts.ts'
import type { ContactLists } from './contact-lists.ts'
import type { NameOrder } from './order/name-order.ts'
import { ContactOrder, inDisplayOrder } from './sort-contacts.ts'
import { DisplayOrder } from './display-order.ts'
import { restoreSnapshot, takeSnapshot } from './contact-list-snapshot.ts'

const byId = (contacts: readonly Contact[]) => new Map(contacts.map((contact) => [contact.id, contact]))

const listOf = (contacts: readonly Contact[], staged: readonly Contact[] | null = null) => ({
  contacts: byId(contacts),
  beyond: new Map<string, Contact>(),
  pending: null,
  skipped: [],
  account: null,
  cursor: null,
  folders: [],
  staged: staged && {
    attempt: 'a',
    contacts: byId(staged),
    skipped: [],
    account: null,
    resumeFrom: null,
    lastPageAt: null,
    cursor: null,
    folders: [],
  },
})

const named = (id: string, full: string) => sampleContact(id, { name: { full } })
const many = (count: number) => Array.from({ length: count }, (_, at) => named(`${at}`, `N${count - at}`))
const noWork = async () => undefined
const at = (lists: ContactLists) =>
  inDisplayOrder(
    Object.values(lists).flatMap((list) => [...list.contacts.values()]),
    'en',
  )

/** Saved and loaded, with a count of the parts with contacts that were read. */
const reloaded = (lists: ContactLists, locale: string, nameOrder?: NameOrder) => {
  const { data, parts = [] } = takeSnapshot(lists, new DisplayOrder(locale, nameOrder), () => 'first') ?? {}
  const read = vi.fn((index: number): unknown => JSON.parse(JSON.stringify(parts[index]?.value)))
  const loaded = restoreSnapshot(
    JSON.parse(JSON.stringify(data)),
    parts.map(
      ({ value }, index) =>
        () =>
          // The part without contacts is read at once.
          Array.isArray(value) ? read(index) : value,
    ),
  )
  if (!loaded) throw new Error('not found')
  return { loaded, read }
}

test('whatever was shown or prepared before, the order is the same as if all contacts were sorted together', async () => {
  const contact = fc.record({ id: fc.nat(30), name: fc.constantFrom('Ann', 'Bo', 'Cy', 'Åsa', '') })
  const contacts = fc
    .uniqueArray(contact, { selector: ({ id }) => id, maxLength: 20 })
    .map((drawn) => drawn.map(({ id, name }) => named(`${id}`, name)))
  const step = fc.record({
    source: fc.constantFrom(...sources),
    contacts,
    as: fc.constantFrom(
      'prepared' as const,
      'prepared, then given up' as const,
      'prepared, expected before' as const,
      'at once' as const,
      'saved' as const,
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      const order = new DisplayOrder('en')
      let lists: ContactLists = {}
      for (const { source, contacts, as } of steps) {
        // A refresh returns some contacts that are already in the list, as the same object or an equal one.
        const kept = [...(lists[source]?.contacts.values() ?? [])].slice(0, 5)
        const next = [...byId([...contacts, ...kept]).values()]
        const current = [...(lists[source]?.contacts.values() ?? [])]
        if (as === 'prepared, expected before') {
          order.expect(next.slice(1))
          await order.presort(noWork, () => true)
          order.expect(contacts)
        }
        if (as.startsWith('prepared')) {
          await order.prepare({ ...lists, [source]: listOf(current, next) }, source, noWork)
        }
        if (as !== 'prepared, then given up') lists = { ...lists, [source]: listOf(next) }
        if (as === 'saved') lists = reloaded(lists, 'en').loaded
        expect(order.of(lists)).toEqual(at(lists))
        expect(order.first(lists, 3)).toEqual(at(lists).slice(0, 3))
      }
    }),
  )
})

test('returns the same array if no list has changed', () => {
  const order = new DisplayOrder('en')
  const list = listOf(many(10))
  expect(order.of({ microsoft365: { ...list, cursor: 'x' } })).toBe(order.of({ microsoft365: list }))
})

test('only the parts of a saved list that fill the first screen are read, until all contacts are needed', () => {
  const { loaded, read } = reloaded({ microsoft365: listOf(many(2_000)) }, 'en')
  const order = new DisplayOrder('en')
  expect(loaded.microsoft365?.contacts.size).toBe(2_000)
  expect(order.first(loaded, 50).map(({ name }) => name.full)).toContain('N1')
  expect(read).toHaveBeenCalledTimes(1)
  expect(order.of(loaded)).toHaveLength(2_000)
  expect(order.of(loaded).slice(0, 50)).toEqual(order.first(loaded, 50))
  expect(read).toHaveBeenCalledTimes(4)
})

test('a list saved in the order of another locale is sorted again', () => {
  const contacts = [named('z', 'Zoe'), named('å', 'Åsa'), named('b', 'Bo')]
  const { loaded } = reloaded({ microsoft365: listOf(contacts) }, 'sv')
  const names = (locale: string) => new DisplayOrder(locale).of(loaded).map(({ id }) => id)
  expect(names('sv')).toEqual(['b', 'z', 'å'])
  expect(names('de')).toEqual(['å', 'b', 'z'])
})

test('a list saved in the order of another setting is sorted again', () => {
  const of = (given: string, family: string) => sampleContact(given, { name: { given, family } })
  const { loaded } = reloaded({ microsoft365: listOf([of('Ann', 'Z'), of('Bo', 'Y')]) }, 'en', 'family-first')
  const names = (nameOrder?: NameOrder) => new DisplayOrder('en', nameOrder).of(loaded).map(({ id }) => id)
  expect(names('family-first')).toEqual(['Bo', 'Ann'])
  expect(names()).toEqual(['Ann', 'Bo'])
})

test('a list saved in the order of the setting is compared no more, whether the setting was given or is the default', () => {
  for (const [saved, now] of [
    ['given-first', undefined],
    [undefined, 'given-first'],
  ] as const) {
    const { loaded } = reloaded({ microsoft365: listOf(many(20)) }, 'en', saved)
    const { result, comparisons } = countComparisons(() => new DisplayOrder('en', now).of(loaded))
    expect(result).toHaveLength(20)
    expect(comparisons).toBe(0)
  }
})

/** How often contacts are compared. */
const countComparisons = <T>(work: () => T): { readonly result: T; readonly comparisons: number } => {
  const compare = vi.spyOn(ContactOrder.prototype, 'compare')
  try {
    return { result: work(), comparisons: compare.mock.calls.length }
  } finally {
    compare.mockRestore()
  }
}

test('a prepared swap sorts nothing', async () => {
  const order = new DisplayOrder('en')
  const google = listOf(many(3))
  const next = many(20).map((contact) => ({ ...contact, id: `m${contact.id}` }))
  await order.prepare({ google, microsoft365: listOf(next.slice(5), next) }, 'microsoft365', noWork)
  const swapped = { google, microsoft365: listOf(next) }
  const { result, comparisons } = countComparisons(() => order.of(swapped))
  expect(result).toEqual(at(swapped))
  expect(comparisons).toBe(0)
})

test('contacts that were expected and sorted before are not sorted again when the list is prepared', async () => {
  const order = new DisplayOrder('en')
  const next = many(20)
  order.expect(next)
  await order.presort(noWork, () => true)
  const compare = vi.spyOn(Array.prototype, 'sort')
  await order.prepare({ microsoft365: listOf([], next) }, 'microsoft365', noWork)
  expect(compare).not.toHaveBeenCalled()
  compare.mockRestore()
  expect(order.of({ microsoft365: listOf(next) })).toEqual(at({ microsoft365: listOf(next) }))
})

test('expected contacts that do not become part of a list are not shown, and are dropped once they are void', async () => {
  const order = new DisplayOrder('en')
  const next = many(3)
  order.expect([named('void', 'Void')])
  order.expectNothing()
  await order.presort(noWork, () => true)
  order.expect([named('replaced', 'Replaced')])
  await order.prepare({ microsoft365: listOf([], next) }, 'microsoft365', noWork)
  expect(order.of({ microsoft365: listOf(next) })).toEqual(at({ microsoft365: listOf(next) }))
})

test.each([
  ['fetches nothing', { google: listOf(many(3)), microsoft365: listOf([named('m', 'Max')]) }],
  ['is for a source without a list', { google: listOf(many(3)) }],
])('a preparation that %s keeps the current lists', async (_, lists) => {
  const order = new DisplayOrder('en')
  await order.prepare(lists, 'microsoft365', noWork)
  const { result, comparisons } = countComparisons(() => order.of(lists))
  expect(result).toEqual(at(lists))
  expect(comparisons).toBe(0)
})

test('contacts that leave a list are removed without a sort, whatever was prepared before', async () => {
  const order = new DisplayOrder('en')
  const lists = { microsoft365: listOf(many(10), many(10)) }
  await order.prepare(lists, 'microsoft365', noWork)
  order.of(lists)
  const fewer = { microsoft365: listOf([...lists.microsoft365.contacts.values()].slice(2)) }
  const { result, comparisons } = countComparisons(() => order.of(fewer))
  expect(result).toEqual(at(fewer))
  expect(comparisons).toBe(0)
})

test('a saved list that was never shown is not sorted again for a few new contacts', async () => {
  const { loaded } = reloaded({ microsoft365: listOf(many(2_000)) }, 'en')
  const { contacts = new Map<string, Contact>() } = loaded.microsoft365 ?? {}
  const next = [...contacts.values(), named('new', 'N7b')]
  const order = new DisplayOrder('en')
  const sort = vi.spyOn(Array.prototype, 'sort')
  const lists = { microsoft365: { ...listOf([], next), contacts } }
  await order.prepare(lists, 'microsoft365', noWork)
  expect(sort.mock.contexts.map((sorted) => (sorted as unknown[]).length)).toEqual([1])
  sort.mockRestore()
  expect(order.of({ microsoft365: listOf(next) })).toEqual(at({ microsoft365: listOf(next) }))
})

test('preparing reads a saved list part by part, and yields to other work after each part', async () => {
  const { loaded, read } = reloaded({ microsoft365: listOf(many(1_200)) }, 'en')
  const partsRead: number[] = []
  await new DisplayOrder('en').prepare(loaded, 'google', async () => {
    partsRead.push(read.mock.calls.length)
  })
  expect(partsRead.slice(0, 3)).toEqual([1, 2, 3])
})

test('a saved list is read part by part even if there is also an empty list', () => {
  const { loaded, read } = reloaded({ microsoft365: listOf(many(2_000)) }, 'en')
  const lists = { google: listOf([]), ...loaded }
  expect(new DisplayOrder('en').first(lists, 50)).toHaveLength(50)
  expect(read).toHaveBeenCalledTimes(1)
})

test('when contacts leave the lists, the others keep their order', () => {
  const order = new DisplayOrder('en')
  const google = listOf(many(3))
  order.of({ google, microsoft365: listOf([named('m', 'Max')]) })
  const { comparisons } = countComparisons(() => order.forgetOthers({ google }))
  expect(comparisons).toBe(0)
  expect(order.of({ google })).toEqual(at({ google }))
})
