import { describe, expect, test } from 'vitest'
import { MOST_HITS_NOW } from '../../src/client/contacts-client.ts'
import { ContactIndexes } from '../../src/client/local/contact-indexes.ts'
import { Places } from '../../src/client/local/places.ts'
import type { Contact } from '../../src/domain/contact.ts'
import type { NameOrder } from '../../src/projections/order/name-order.ts'
import { sampleContact, sampleContacts } from '../../src/testing/sample-contacts.ts'

const listed = (nameOrder: NameOrder = 'given-first') => {
  let list: readonly Contact[] = []
  const contacts = () => list
  return {
    indexes: new ContactIndexes(contacts, new Places(contacts), { country: 'US' }, nameOrder),
    show: (shown: readonly Contact[]) => (list = shown),
  }
}

/** How many turns of the event loop pass meanwhile. */
const turnsDuring = async (work: () => Promise<unknown>): Promise<number> => {
  let turns = 0
  let next = setImmediate(function turn() {
    turns++
    next = setImmediate(turn)
  })
  await work()
  clearImmediate(next)
  return turns
}

const calls = (count: number) => Array.from({ length: count }, (_, n) => `tel:+1206555${1000 + n}`)

test('other tasks have a turn before each contact with a thousand instant-messaging addresses', async () => {
  const { indexes, show } = listed()
  // Loads the modules.
  await indexes.whois('+12065550100')
  const large = sampleContacts(20).map((contact) => ({ ...contact, ims: calls(1000) }))
  show([sampleContact('small'), ...large])
  expect(await turnsDuring(() => indexes.whois('+12065550100'))).toBeGreaterThanOrEqual(20)
  expect(await indexes.whois('+12065551000')).toHaveLength(20)
  show([])
  expect(await turnsDuring(() => indexes.whois('+12065550100'))).toBeGreaterThanOrEqual(20)
})

test('a few small contacts are indexed in one slice', async () => {
  const { indexes, show } = listed()
  await indexes.whois('+12065550100')
  show(sampleContacts(50))
  expect(await turnsDuring(() => indexes.whois('+12065550100'))).toBeLessThan(5)
})

test.each([
  ['given-first', 'Anna Berg', [5, 8]],
  ['family-first', 'Berg Anna', [0, 3]],
] as const)('%s: the name that matches is the one that the row shows', async (nameOrder, text, range) => {
  const { indexes, show } = listed(nameOrder)
  show([sampleContact('a', { name: { given: 'Anna', family: 'Berg' } })])
  const [hit] = await indexes.find('ber', 1)
  expect(hit?.matches).toEqual([{ field: 'name', text, ranges: [range] }])
})

describe('a search that is answered at once', () => {
  const named = (count: number) =>
    Array.from({ length: count }, (_, n) => sampleContact(`c${n}`, { name: { full: `Anna Berg ${n}` } }))

  test('has some hits before the list is indexed, and all of them once it is', async () => {
    const { indexes, show } = listed()
    show(named(2_000))
    const { hits, isWhole } = await indexes.findNow('berg 1999', 200)
    expect(hits).toMatchObject([{ key: named(2_000).at(-1)?.key }])
    expect(isWhole).toBe(false)
    expect((await indexes.findNow('anna', 200)).hits.length).toBeLessThanOrEqual(MOST_HITS_NOW)
    expect(await indexes.find('anna', 200)).toHaveLength(200)
    const whole = await indexes.findNow('anna', 200)
    expect(whole).toEqual({ hits: await indexes.find('anna', 200), isWhole: true })
  })

  test('has its hits in the order of the list, also the first of them', async () => {
    const { indexes, show } = listed()
    show(named(15).toReversed())
    const inOrder = Array.from({ length: 15 }, (_, n) => `key-of-c${14 - n}`)
    expect((await indexes.findNow('anna', 200)).hits.map(({ key }) => key)).toEqual(inOrder)
    await indexes.find('anna', 200)
    show([...named(15).toReversed(), sampleContact('c20', { name: { full: 'Anna Zorn' } })])
    const { hits } = await indexes.findNow('anna', 200)
    expect(hits.map(({ key }) => key)).toEqual([...inOrder, 'key-of-c20'])
  })

  test('has none that has left the list', async () => {
    const { indexes, show } = listed()
    show(named(3))
    await indexes.find('anna', 200)
    show([])
    expect(await indexes.findNow('anna', 200)).toEqual({ hits: [], isWhole: false })
  })
})
