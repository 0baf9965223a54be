import { expect, test } from 'vitest'
import { pageSizes } from './page-sizes.ts'

/** Reads a list whose pages fail if they are larger than `most` or hold the item at `damaged`. */
const readList = (length: number, { most = Infinity, damaged = -1 }, sizes = pageSizes(1000)) => {
  const read: number[] = []
  const unreadable: number[] = []
  let requests = 0
  for (let skip = 0; skip < length;) {
    requests++
    const { size } = sizes
    const fails = size > most || (damaged >= skip && damaged < skip + size)
    if (!fails) {
      for (let item = skip; item < Math.min(skip + size, length); item++) read.push(item)
      sizes.answered(skip, size)
      skip += size
    } else if (!sizes.failed(skip)) {
      unreadable.push(skip)
      sizes.passOver(skip)
      skip++
    }
  }
  sizes.ended()
  return { read, unreadable, requests, size: sizes.size, sizes }
}

test('a list is read in full if only small pages are answered, and their size is kept', () => {
  const { read, unreadable, requests, size } = readList(3000, { most: 300 })
  expect(read).toEqual(Array.from({ length: 3000 }, (_, item) => item))
  expect(unreadable).toEqual([])
  expect(size).toBe(250)
  expect(requests).toBeLessThan(20)
})

test.each([0, 1, 999, 1000, 1500, 2999])(
  'the damaged item at %i is found, and only it is left out',
  (damaged) => {
    const { read, unreadable, requests, size } = readList(3000, { damaged })
    expect(unreadable).toEqual([damaged])
    expect(read).toEqual(Array.from({ length: 3000 }, (_, item) => item).filter((item) => item !== damaged))
    expect(requests).toBeLessThan(25)
    expect(size).toBe(1000)
  },
)

test('a server that answers only single items is read item by item', () => {
  expect(readList(30, { most: 1 }).read).toHaveLength(30)
})

test.each([0, 1])('the damaged item at %i of a list of two does not slow down other lists', (damaged) => {
  const { sizes, unreadable } = readList(2, { damaged })
  expect(unreadable).toEqual([damaged])
  expect(sizes.remembered).toBeUndefined()
  expect(readList(5000, {}, sizes).requests).toBe(5)
})

test('a doubt in one list does not affect the next list', () => {
  const sizes = pageSizes(1000)
  sizes.answered(0, 1000)
  sizes.failed(1000)
  sizes.ended()
  expect(sizes.isInDoubt).toBe(false)
  expect(sizes.size).toBe(1000)
})

test('a size that is only tried in search of a damaged item is not remembered', () => {
  const sizes = pageSizes(1000)
  while (sizes.failed(0));
  expect(sizes.size).toBe(1)
  expect(sizes.remembered).toBeUndefined()
})
