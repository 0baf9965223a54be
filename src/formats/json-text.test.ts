import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonText } from './json-text.ts'

const values = fc.oneof(
  fc.jsonValue(),
  fc.constant(undefined),
  fc.array(fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constant(undefined)), {
    minLength: 190,
    maxLength: 420,
  }),
)

test('the text is that of JSON.stringify', async () => {
  const objects = fc.dictionary(fc.string(), values, { maxKeys: 4 })
  await fc.assert(
    fc.asyncProperty(objects, async (object) => {
      expect(await jsonText(object, () => Promise.resolve())).toBe(JSON.stringify(object))
    }),
    { numRuns: 50 },
  )
})

test('other work has its turn after each 200 items', async () => {
  let turns = 0
  const otherWork = () => {
    turns++
    return Promise.resolve()
  }
  await jsonText({ few: Array(200).fill(0), many: Array(1_000).fill(0) }, otherWork)
  expect(turns).toBe(5)
})
