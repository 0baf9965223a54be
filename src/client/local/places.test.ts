import { expect, test } from 'vitest'
import { SharedTurn } from '../../async/shared-turn.ts'
import type { Contact } from '../../domain/contact.ts'
import { sampleContacts } from '../../testing/sample-contacts.ts'
import { Places } from './places.ts'

test('a list that comes back after a part of another one was indexed has its own places', async () => {
  const first = sampleContacts(10)
  const second = first.toReversed()
  let list: readonly Contact[] = first
  let reads = Infinity
  const places = new Places(() => (reads-- > 0 ? list : first))
  const placesNow = () => [...places.of(first.map(({ key }) => key)).values()]
  await places.index(new SharedTurn())
  list = second
  reads = 5
  await places.index(new SharedTurn())
  expect(placesNow()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
})
