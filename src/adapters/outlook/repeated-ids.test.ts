import { expect, test } from 'vitest'
import { RepeatedIds } from './repeated-ids.ts'

/** Eight bytes that differ for each number, spread like those of a hash. */
const hash = (number: number) => {
  const bytes = new Uint8Array(8)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.imul(number, 0x9e3779b1))
  view.setUint32(4, Math.imul(number, 0x85ebca6b))
  return bytes
}

test('each id has its own count, however many there are', () => {
  const ids = new RepeatedIds()
  for (let round = 1; round <= 3; round++)
    for (let number = 0; number < 20_000; number++) if (ids.add(hash(number)) !== round) throw new Error()
  expect(ids.add(hash(20_000))).toBe(1)
})

test('beyond a million ids, new ones are no longer counted, and those before still are', () => {
  const ids = new RepeatedIds()
  for (let number = 0; number < 2 ** 20; number++) ids.add(hash(number))
  expect(ids.add(hash(2 ** 20))).toBeNull()
  expect(ids.add(hash(5))).toBe(2)
})
