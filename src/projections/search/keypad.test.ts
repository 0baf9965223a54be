import { expect, test } from 'vitest'
import { keypadMatch } from './keypad.ts'

/** How many keys are read for a search. */
const readsOf = (keys: string, digits: string) => {
  let reads = 0
  const counted = new Proxy(Object(keys) as object, {
    get: (target, name) => {
      if (typeof name === 'string' && /^\d+$/.test(name)) reads++
      return Reflect.get(target, name) as unknown
    },
  }) as unknown as string
  return { ranges: keypadMatch(counted, digits), reads }
}

test('words that begin alike are not tried in all combinations', () => {
  // aaaa aaaa … aaab, and digits of which only the last is wrong.
  const keys = Array<string>(8).fill('2222').join(' ')
  const { ranges, reads } = readsOf(keys, `${'2'.repeat(31)}9`)
  expect(ranges).toBeNull()
  expect(reads).toBeGreaterThan(0)
  // At most ten keys for each word and each number of digits that may be done before it.
  expect(reads).toBeLessThan(8 * 31 * 10)
})

test('of many ways through the words the one with most whole words is found', () => {
  expect(readsOf('2222 2222 2229', '222222229').ranges).toEqual([
    [0, 4],
    [5, 6],
    [10, 14],
  ])
})
