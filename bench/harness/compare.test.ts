import { expect, test } from 'vitest'
import { compare } from './compare.ts'

test('contenders take turns, and each round begins with a different one', async () => {
  const turns: string[] = []
  const contender = (name: string, ms: number) => ({
    name,
    measure: async () => {
      turns.push(name)
      return { ms: ms + turns.length }
    },
  })
  const rows = await compare([contender('a', 0), contender('b', 100), contender('c', 200)], 3)
  expect(turns.join('')).toBe('abc' + 'bca' + 'cab')
  expect(rows.map(({ samples }) => samples.map(({ ms }) => ms))).toEqual([
    [1, 6, 8],
    [102, 104, 109],
    [203, 205, 207],
  ])
})

test('a row gives medians, and the time as a multiple of the first row', async () => {
  const contender = (name: string, values: number[]) => ({
    name,
    measure: async () => ({ ms: values.shift() ?? NaN, memory: 7 }),
  })
  const rows = await compare([contender('a', [9, 1, 2]), contender('b', [5, 3, 99])], 3)
  expect(rows).toMatchObject([
    { name: 'a', medians: { ms: 2, memory: 7 }, ratio: 1 },
    { name: 'b', medians: { ms: 5, memory: 7 }, ratio: 2.5 },
  ])
})
