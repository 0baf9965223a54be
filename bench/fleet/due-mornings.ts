/** Days between two complete listings: from the first on, spread evenly over the second by a share of the store. */
const SHORTEST = 6
const SPREAD = 2

export interface Installation {
  /** Days after the first nine o'clock, when the device listed its mailbox for the first time. */
  readonly installed: number
  /** At least 0, less than 1; never changes. */
  readonly share: number
}

/**
 * How many devices list completely on each morning, the first nine o'clock being morning 0. A device refreshes once a
 * day, at nine, so it lists on the first morning on which its period is over.
 */
export const dueMornings = (devices: Iterable<Installation>, mornings: number): readonly number[] => {
  const due = Array.from({ length: mornings }, () => 0)
  for (const { installed, share } of devices) {
    const period = SHORTEST + SPREAD * share
    for (let last = installed; ;) {
      last = Math.ceil(last + period)
      if (last >= mornings) break
      due[last] = (due[last] ?? 0) + 1
    }
  }
  return due
}

const evenly = (devices: number, installed: (place: number) => number): readonly Installation[] =>
  Array.from({ length: devices }, (_, place) => ({
    installed: installed(place),
    share: (place + 0.5) / devices,
  }))

/** The mornings after all devices listed for the first time in the same minute, at nine. */
export const afterRollOut = (devices: number, mornings: number): readonly number[] =>
  dueMornings(
    evenly(devices, () => 0),
    mornings,
  )

/** Both periods in whole days, so that no morning of them is special. */
const CYCLE = 7 * 8

/** Devices that are due on a morning long after they were installed, a few on each day. */
export const onOrdinaryMorning = (devices: number): number => {
  const installed = (place: number) => (place * 0.618) % CYCLE
  const due = dueMornings(evenly(devices, installed), 4 * CYCLE).slice(-CYCLE)
  return Math.round(due.reduce((sum, count) => sum + count, 0) / CYCLE)
}
