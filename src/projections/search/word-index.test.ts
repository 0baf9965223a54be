import { expect, test } from 'vitest'
import { FIRST, NAME, NOT_FOUND, PREFIX_RANKS, WHOLE_WORD_RANKS, wordKind } from './ranks.ts'
import { WordIndex } from './word-index.ts'

const kind = wordKind(NAME, FIRST)
/** So many that there are several blocks. In no order, and some twice. */
const words = Array.from({ length: 5000 }, (_, slot) => ((slot * 7919) % 4001).toString(5))
const prefixes = [...new Set(words.flatMap((word) => [word, word.slice(0, 1), word.slice(0, 3)])), '', '9']

const expected = (prefix: string, has: (slot: number) => boolean) =>
  words.map((word, slot) => {
    if (!has(slot) || !word.startsWith(prefix)) return NOT_FOUND
    return (word === prefix ? WHOLE_WORD_RANKS : PREFIX_RANKS)[kind]
  })

const ranked = (index: WordIndex, prefix: string) => {
  const ranks = new Uint16Array(words.length).fill(NOT_FOUND)
  index.rank(prefix, ranks)
  return [...ranks]
}

test('thousands of words are found by their prefixes, before and after some are removed', () => {
  const index = new WordIndex()
  const some = prefixes.filter((_, place) => place % 40 === 0 || place > prefixes.length - 8)
  words.forEach((word, slot) => index.add(word, slot, kind))
  for (const prefix of some) expect(ranked(index, prefix)).toEqual(expected(prefix, () => true))
  words.forEach((word, slot) => {
    if (slot % 3 > 0) index.remove(word, slot, kind)
  })
  for (const prefix of some) expect(ranked(index, prefix)).toEqual(expected(prefix, (slot) => slot % 3 === 0))
  words.forEach((word, slot) => {
    if (slot % 3 === 0) index.remove(word, slot, kind)
  })
  for (const prefix of some) expect(ranked(index, prefix)).toEqual(expected(prefix, () => false))
})

test('removing an unknown slot changes nothing', () => {
  const index = new WordIndex()
  index.add('ann', 1, kind)
  index.remove('ann', 2, kind)
  index.remove('anna', 1, kind)
  expect(ranked(index, 'ann').indexOf(0)).toBe(1)
})
