import { isListingDue, listingShare } from '../../src/domain/schedule/complete-listing.ts'

export interface Installation {
  /** When the device first listed its mailbox, in days after the first nine o'clock. */
  readonly installed: number
  /** The name of its store. */
  readonly name: string
}

/** Milliseconds. */
const DAY = 24 * 3600 * 1000

/**
 * How many devices list completely on each morning, by the product's own rule. The first nine o'clock is morning 0. A
 * device refreshes once a day, at nine, so it lists on the first morning on which a listing is due.
 */
export const dueMornings = (devices: Iterable<Installation>, mornings: number): readonly number[] => {
  const due = Array.from({ length: mornings }, () => 0)
  for (const { installed, name } of devices) {
    let listedAt = new Date(installed * DAY).toISOString()
    for (let morning = Math.ceil(installed) + 1; morning < mornings; morning++) {
      const now = new Date(morning * DAY)
      if (!isListingDue(listedAt, now, listingShare(name, 'microsoft365', listedAt))) continue
      due[morning] = (due[morning] ?? 0) + 1
      listedAt = now.toISOString()
    }
  }
  return due
}

/** Number of devices that are simulated one by one. They represent the fleet. */
const SAMPLE = 2000

/** The share of the fleet that is due on each morning. */
const dueOf = (installed: (place: number) => number, mornings: number): readonly number[] => {
  const devices = Array.from({ length: SAMPLE }, (_, place) => ({
    installed: installed(place),
    name: `store ${place}`,
  }))
  return dueMornings(devices, mornings).map((count) => count / SAMPLE)
}

/** Devices that are due on each morning after all of them listed for the first time in the same minute, at nine. */
export const afterRollOut = (devices: number, mornings: number): readonly number[] =>
  dueOf(() => 0, mornings).map((share) => Math.round(share * devices))

/** Number of mornings whose average is an ordinary morning. */
const MORNINGS = 56

/** Devices that are due on a morning long after they were installed, a few on each day. */
export const onOrdinaryMorning = (devices: number): number => {
  const due = dueOf((place) => (place * 0.618) % MORNINGS, 4 * MORNINGS).slice(-MORNINGS)
  return Math.round((due.reduce((sum, share) => sum + share, 0) / MORNINGS) * devices)
}
