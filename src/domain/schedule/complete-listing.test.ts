import { describe, expect, it, test } from 'vitest'
import { isListingDue, listingDueAt, shareOf } from './complete-listing.ts'

const listedAt = '2026-03-01T09:00:00.000Z'
const after = (days: number) => new Date(Date.parse(listedAt) + days * 24 * 60 * 60 * 1000)

describe('a complete listing is due', () => {
  it.each([
    [0, 5.99, false],
    [0, 6, true],
    [0.5, 6.99, false],
    [0.5, 7, true],
    [0.999, 7.99, false],
    [0.999, 8, true],
  ])('for share %f, %f days after the last one: %s', (share, days, isDue) => {
    expect(isListingDue(listedAt, after(days), share)).toBe(isDue)
  })

  it.each([0, 0.25, 0.999])('for share %f, from exactly the time that `listingDueAt` returns', (share) => {
    const due = new Date(listingDueAt(listedAt, share) ?? '')
    expect(isListingDue(listedAt, due, share)).toBe(true)
    expect(isListingDue(listedAt, new Date(due.getTime() - 1), share)).toBe(false)
    expect([listingDueAt(null, share), listingDueAt('no time', share)]).toEqual([null, null])
  })

  it('if no earlier listing is known', () => {
    expect(isListingDue(null, after(0), 0.9)).toBe(true)
    expect(isListingDue('no time', after(0), 0.9)).toBe(true)
  })

  it('if the last listing is in the future, because the clock was set back', () => {
    expect(isListingDue(listedAt, after(-1), 0.9)).toBe(true)
  })
})

test('shares are spread evenly over stores, and each store keeps its share', () => {
  const counts = Array<number>(10).fill(0)
  for (let store = 0; store < 10_000; store++) {
    const share = shareOf(`store ${store}`)
    expect(shareOf(`store ${store}`)).toBe(share)
    counts[Math.floor(share * 10)]!++
  }
  for (const count of counts) expect(count).toBeGreaterThan(850)
})
