import { expect, test, vi } from 'vitest'
import { sampleContact } from '../testing/sample-contacts.ts'
import { PresortedContacts } from './presorted-contacts.ts'
import { ContactOrder } from './sort-contacts.ts'

const named = (at: number) => sampleContact(`${at}`, { name: { full: `N${at}` } })
/** In an order that is far from sorted. */
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, at) => named(from + ((at * 7919) % count)))
const noWork = async () => undefined

/** How often contacts are compared. */
const countComparisons = async (
  work: (presorted: PresortedContacts) => Promise<unknown>,
): Promise<number> => {
  const order = new ContactOrder('en')
  const compare = vi.spyOn(order, 'compare')
  await work(new PresortedContacts(order))
  return compare.mock.calls.length
}

test('other work goes on after each slice, of sorting and of merging', async () => {
  let turns = 0
  const presorted = new PresortedContacts(new ContactOrder('en'))
  presorted.add(many(2_000))
  const sorted = await presorted.inOrder(async () => {
    turns++
  })
  expect(sorted.map(({ name }) => name.full)).toEqual(Array.from({ length: 2_000 }, (_, at) => `N${at}`))
  // Four slices are sorted; two runs of 1,000 and one of 2,000 are merged.
  expect(turns).toBe(4 + 1 + 1 + 2)
})

test('nothing to sort takes no turn', async () => {
  const otherWork = vi.fn(noWork)
  expect(await new PresortedContacts(new ContactOrder('en')).inOrder(otherWork)).toEqual([])
  expect(otherWork).not.toHaveBeenCalled()
})

test('sorting stops after the slice in which something else is to do, and goes on later', async () => {
  const presorted = new PresortedContacts(new ContactOrder('en'))
  presorted.add(many(3_000))
  const otherWork = vi.fn(noWork)
  let isIdle = true
  await presorted.sort(
    async () => {
      await otherWork()
      isIdle = false
    },
    () => isIdle,
  )
  expect(otherWork).toHaveBeenCalledTimes(1)
  expect(await presorted.inOrder(noWork)).toHaveLength(3_000)
})

test('sorted contacts are not sorted again: a final listing compares nothing', async () => {
  const comparisons = await countComparisons(async (presorted) => {
    for (let page = 0; page < 8; page++) presorted.add(many(500, 500 * page))
    await presorted.sort(noWork)
  })
  const withEnd = await countComparisons(async (presorted) => {
    for (let page = 0; page < 8; page++) presorted.add(many(500, 500 * page))
    await presorted.sort(noWork)
    await presorted.inOrder(noWork)
  })
  expect(withEnd).toBe(comparisons)
})

test('a few new contacts among many that are in order cost few comparisons', async () => {
  const comparisons = await countComparisons(async (presorted) => {
    presorted.addSorted(Array.from({ length: 10_000 }, (_, at) => named(2 * at)))
    presorted.add(Array.from({ length: 10 }, (_, at) => named(1_999 * at + 1)))
    await presorted.inOrder(noWork)
  })
  expect(comparisons).toBeLessThan(400)
})

test('a contact that comes twice is there once', async () => {
  const contacts = many(3)
  const presorted = new PresortedContacts(new ContactOrder('en'))
  presorted.addSorted(contacts.slice(0, 1))
  presorted.add([...contacts, ...contacts])
  expect(await presorted.inOrder(noWork)).toHaveLength(3)
})

test('sorting that is asked for twice at once is done once, in order', async () => {
  const presorted = new PresortedContacts(new ContactOrder('en'))
  presorted.add(many(2_000))
  const [, sorted] = await Promise.all([presorted.sort(noWork), presorted.inOrder(noWork)])
  expect(sorted.map(({ name }) => name.full)).toEqual(Array.from({ length: 2_000 }, (_, at) => `N${at}`))
})

test('contacts that are added while others are merged are among them', async () => {
  const inOrder = (from: number) => Array.from({ length: 600 }, (_, at) => named(from + at))
  const presorted = new PresortedContacts(new ContactOrder('en'))
  presorted.addSorted(inOrder(0))
  presorted.addSorted(inOrder(600))
  let turns = 0
  const sorted = await presorted.inOrder(async () => {
    if (turns++ === 0) presorted.addSorted([named(1_200)])
  })
  expect(turns).toBeGreaterThan(0)
  expect(sorted.map(({ name }) => name.full)).toEqual(Array.from({ length: 1_201 }, (_, at) => `N${at}`))
})
