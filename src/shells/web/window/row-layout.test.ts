import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowLayout } from './row-layout.ts'

const sectionsOf = (counts: readonly number[]) => {
  let first = 0
  return counts.map((count) => ({ first: (first += count) - count, count }))
}

test('rows stand below the heads of their sections', () => {
  const layout = rowLayout(5, sectionsOf([2, 3]), 56, 32)
  expect([0, 1, 2, 4].map(layout.topOfRow)).toEqual([32, 88, 176, 288])
  expect([0, 1].map(layout.topOfHead)).toEqual([0, 144])
  expect(layout.height).toBe(2 * 32 + 5 * 56)
})

test('rows without sections follow each other from the top', () => {
  const layout = rowLayout(3, [], 56, 32)
  expect([layout.topOfRow(2), layout.rowAt(60), layout.sectionAt(60), layout.headHeight]).toEqual([
    112, 1, -1, 0,
  ])
})

test('the row at a place is the first one that ends below it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (counts, part) => {
        const sections = sectionsOf(counts)
        const count = counts.reduce((sum, each) => sum + each, 0)
        const layout = rowLayout(count, sections, 50, 30)
        const top = part * (layout.height + 100)
        let first = 0
        while (first < count && layout.topOfRow(first) + 50 <= top) first++
        expect(layout.rowAt(top)).toBe(first)
        const section = sections.findLastIndex((_each, at) => layout.topOfHead(at) <= top)
        expect(layout.sectionAt(top)).toBe(section)
      },
    ),
  )
})
