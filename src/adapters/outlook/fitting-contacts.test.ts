import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SourceContact } from '../../domain/contact.ts'
import { withinLimit } from '../../domain/limit.ts'
import { sampleContact } from '../../testing/sample-contacts.ts'
import { FittingContacts } from './fitting-contacts.ts'
import type { ReadPage } from './read-export.ts'

const PAGE = 3
const LIMIT = 5

const contacts = fc
  .uniqueArray(
    fc.record({ id: fc.string({ minLength: 1 }), day: fc.option(fc.integer({ min: 1, max: 9 })) }),
    {
      selector: ({ id }) => id,
      maxLength: 40,
    },
  )
  .map((made) =>
    made.map(({ id, day }) => {
      const { modified: _, ...contact } = sampleContact(id)
      return day === null ? contact : { ...contact, modified: `2026-01-0${day}T00:00:00Z` }
    }),
  )

const byId = (list: readonly SourceContact[]) => new Map(list.map((contact) => [contact.id, contact]))

const skippedOf = (count: number) =>
  Array.from({ length: count }, () => ({ reason: 'not-an-object' }) as const)

const pass = (
  list: readonly SourceContact[],
  onDevice: ReadonlyMap<string, unknown> = new Map(),
  skipped = 0,
  atOnce = LIMIT,
) => {
  const fitting = new FittingContacts(onDevice, atOnce, LIMIT)
  const pages: ReadPage[] = []
  for (let at = 0; at < list.length || at === 0; at += PAGE) {
    const page = fitting.add({
      contacts: list.slice(at, at + PAGE),
      skipped: at === 0 ? skippedOf(skipped) : [],
    })
    if (page) pages.push(page)
  }
  pages.push(...fitting.rest(PAGE))
  return { pages, passed: pages.flatMap((page) => page.contacts), beyond: fitting.beyond() }
}

test('the contacts that are passed on lead to the same list as all contacts', () => {
  fc.assert(
    fc.property(contacts, fc.constantFrom(0, LIMIT), (list, atOnce) => {
      const { passed } = pass(list, new Map(), 0, atOnce)
      if (atOnce === 0) expect(passed).toHaveLength(Math.min(list.length, LIMIT))
      const listed = (all: readonly SourceContact[]) =>
        new Set(
          withinLimit(
            all.map((contact) => ({ ...contact, key: contact.id })),
            LIMIT,
          ).map(({ id }) => id),
        )
      expect(listed(passed)).toEqual(listed(list))
      expect(new Set(passed).size).toBe(passed.length)
    }),
  )
})

test('a contact that is on the device and in the files is always passed on: it was not deleted', () => {
  fc.assert(
    fc.property(contacts, contacts, (list, others) => {
      const onDevice = byId([...list.filter((_, index) => index % 4 === 0), ...others])
      const { passed } = pass(list, onDevice)
      const ids = new Set(passed.map(({ id }) => id))
      for (const { id } of list) if (onDevice.has(id)) expect(ids).toContain(id)
    }),
  )
})

test('few are passed on, in small pages, and the rest is counted', () => {
  fc.assert(
    fc.property(contacts, fc.nat(20), (list, skips) => {
      const { pages, passed, beyond } = pass(list, new Map(), skips)
      const skipped = pages.flatMap((page) => page.skipped).length
      expect(passed.length).toBeLessThanOrEqual(2 * LIMIT)
      expect(skipped).toBe(Math.min(skips, LIMIT))
      expect(beyond ?? { contacts: 0, skipped: 0 }).toEqual({
        contacts: list.length - passed.length,
        skipped: skips - skipped,
      })
      expect(beyond === undefined).toBe(list.length === passed.length && skips === skipped)
      for (const page of pages) expect(page.contacts.length).toBeLessThanOrEqual(PAGE)
    }),
  )
})

test('the first contacts are passed on before the rest is read', () => {
  const fitting = new FittingContacts(new Map(), LIMIT, LIMIT)
  const list = ['a', 'b', 'c'].map((id) => sampleContact(id))
  expect(fitting.add({ contacts: list, skipped: [] })).toEqual({ contacts: list, skipped: [] })
  expect([...fitting.rest(PAGE)]).toEqual([])
})

test('of many contacts, only as many as fit are kept', () => {
  const fitting = new FittingContacts(new Map(), LIMIT, LIMIT)
  const ids = Array.from({ length: 10_000 }, (_, index) => String(index).padStart(5, '0'))
  for (const id of ids.toReversed()) fitting.add({ contacts: [sampleContact(id)], skipped: [] })
  const rest = [...fitting.rest(PAGE)].flatMap((page) => page.contacts.map((contact) => contact.id))
  expect(rest).toEqual(ids.slice(0, LIMIT))
})
