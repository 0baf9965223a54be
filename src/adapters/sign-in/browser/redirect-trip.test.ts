import { expect, it } from 'vitest'
import { answerTrip, beginTrip, takeTrip } from './redirect-trip.ts'

const storage = () => {
  const items = new Map<string, string>()
  return {
    items,
    getItem: (name: string) => items.get(name) ?? null,
    setItem: (name: string, value: string) => void items.set(name, value),
    removeItem: (name: string) => void items.delete(name),
  }
}
const trip = {
  ...{ attempt: 'a', state: 'state-1', nonce: 'nonce-1', verifier: 'verifier-1' },
  owner: 'tokens',
  returnTo: 'https://app.example.test/',
}

it('a trip comes back with its answer once, and leaves nothing behind', () => {
  const own = storage()
  beginTrip(trip, own)
  expect(answerTrip('code=1&state=state-1', own)).toEqual(trip)
  expect(takeTrip('tokens', own)).toEqual({ ...trip, answer: 'code=1&state=state-1' })
  expect(own.items.size).toBe(0)
  expect(takeTrip('tokens', own)).toBeNull()
})

it('an answer for another sign-in is not taken for that of the trip', () => {
  const own = storage()
  beginTrip(trip, own)
  expect(answerTrip('code=1&state=other', own)).toBeNull()
  expect(answerTrip('code=1', own)).toBeNull()
})

it('a person who went back has no answer, and the secrets are gone', () => {
  const own = storage()
  beginTrip(trip, own)
  expect(takeTrip('tokens', own)).toBeNull()
  expect(own.items.size).toBe(0)
})

it.each(['', 'null', '7', '{', '{"attempt":"a"}', JSON.stringify({ ...trip, verifier: 7 })])(
  'a damaged record (%s) is no trip',
  (text) => {
    const own = storage()
    beginTrip(trip, own)
    for (const name of own.items.keys()) own.items.set(name, text)
    expect(answerTrip('code=1&state=state-1', own)).toBeNull()
    expect(takeTrip('tokens', own)).toBeNull()
  },
)

it('a trip of another sign-in of the page is left to it', () => {
  const own = storage()
  beginTrip(trip, own)
  answerTrip('code=1&state=state-1', own)
  expect(takeTrip('other tokens', own)).toBeNull()
  expect(takeTrip('tokens', own)).toMatchObject({ answer: 'code=1&state=state-1' })
})
