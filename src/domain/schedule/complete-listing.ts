import type { Source } from '../source.ts'

/** Milliseconds of a day. */
const DAY = 24 * 60 * 60 * 1000

/** A complete listing is due between six and eight days after the last one. */
const EARLIEST = 6 * DAY
const SPREAD = 2 * DAY

/**
 * Whether a refresh should list the source completely instead of asking for changes. Changes build on each other: an
 * error in one of them lasts until the next complete listing. Always true if the last listing is unknown or lies in
 * the future, because then the clock was wrong.
 *
 * @param listedAt start of the last complete listing that took effect, ISO 8601; null if unknown
 * @param share at least 0, less than 1: where in the two days the listing becomes due
 */
export const isListingDue = (listedAt: string | null, now: Date, share: number): boolean => {
  const age = listedAt === null ? NaN : now.getTime() - Date.parse(listedAt)
  return !(age >= 0 && age < EARLIEST + share * SPREAD)
}

/** When the next complete listing is due, ISO 8601 in UTC; null if it is due now, because the last one is unknown. */
export const listingDueAt = (listedAt: string | null, share: number): string | null => {
  const due = listedAt === null ? NaN : Date.parse(listedAt) + EARLIEST + share * SPREAD
  return Number.isFinite(due) ? new Date(due).toISOString() : null
}

/**
 * The share of a source in a store after a complete listing. It differs after each listing, because otherwise devices that
 * refresh once a day would list at the same time again.
 */
export const listingShare = (store: string, source: Source, listedAt: string | null): number =>
  shareOf(`${store} ${source} ${listedAt}`)

/**
 * Maps a name to a number of at least 0 and less than 1, the same on each call. Spreads stores evenly, so that devices
 * that were set up on the same day do not all list on the same morning. (FNV-1a, 32 bits.)
 */
export const shareOf = (name: string): number => {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193)
  // The upper bits of FNV-1a differ little between similar names.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}
