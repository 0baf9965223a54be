import { describe, expect, test } from 'vitest'
import { attemptLimit } from '../../http/attempt-limit.ts'
import { readItem } from './graph-item.ts'
import { loopGuard, type LoopGuard } from './loop-guard.ts'

const page = (ids: readonly string[], next = 'next') => ({
  items: ids.map((id) => readItem({ id })),
  next,
  delta: null,
})
const badAnswer = expect.objectContaining({ code: 'bad-answer' }) as Error

/** Takes pages until the guard ends the list. Returns how many it took. */
const pagesUntilEnd = (guard: LoopGuard, idsOf: (index: number) => readonly string[]): number => {
  for (let index = 0; index < 3_000; index++) {
    try {
      guard.take(page(idsOf(index)))
    } catch (error) {
      expect(error).toMatchObject({ code: 'bad-answer' })
      return index
    }
  }
  return Infinity
}

describe('a list is endless after 500 pages in a row', () => {
  test.each<[string, (index: number) => readonly string[]]>([
    ['without contacts', () => []],
    ['with the same contacts', () => ['a', 'b']],
    ['with the same contacts in turn', (index) => [['a', 'b', 'c'][index % 3] ?? '', 'd']],
    ['whose ids cannot be used', (index) => ['..', `\ud800${index}`]],
  ])('%s', (_, idsOf) => {
    expect(pagesUntilEnd(loopGuard(), idsOf)).toBeLessThan(510)
  })
})

test('a page with a new contact anywhere is not a loop, even if it begins with a known one', () => {
  expect(pagesUntilEnd(loopGuard(), (index) => ['first', 'second', `${index}`])).toBe(Infinity)
})

test('a loop is recognised by its link', () => {
  const guard = loopGuard()
  guard.take(page(['a'], 'x'))
  expect(guard.repeats(page(['b'], 'y'))).toBe(false)
  expect(guard.repeats(page(['b'], 'x'))).toBe(true)
})

describe('an endless list of new contacts ends', () => {
  test('after a million', () => {
    const size = 1_000
    const ids = (index: number) => Array.from({ length: size }, (_, at) => `${index * size + at}`)
    expect(pagesUntilEnd(loopGuard(), ids)).toBe(1_000)
  })

  test('after a million contacts of all lists that share a limit', () => {
    const limit = attemptLimit(5)
    loopGuard(limit).take(page(['a', 'b', 'c']))
    loopGuard(limit).take(page(['a', 'd']))
    expect(() => loopGuard(limit).take(page(['e']))).toThrow(badAnswer)
  })

  test('if contacts have no usable id', () => {
    const guard = loopGuard(attemptLimit(3))
    expect(() => guard.take(page(['..', '..', '..', '..']))).toThrow(badAnswer)
  })
})
