/** A sign-in for which the app's own tab went to the sign-in page. Secrets of it are on the disk until it comes back. */
export interface RedirectTrip {
  /** The sign-in that began it: a page may have several. */
  readonly owner: string
  readonly attempt: string
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Where the app was, to go back to. */
  readonly returnTo: string
}

/** A trip that came back, with the form-encoded answer of the sign-in page. */
export interface EndedTrip extends RedirectTrip {
  readonly answer: string
}

type TripStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const NAME = 'device-contacts/sign-in'

/** Keeps the secrets that redeem the code, for this one trip. Throws a `DOMException` if the storage is full or forbidden. */
export const beginTrip = (trip: RedirectTrip, storage: TripStorage): void =>
  storage.setItem(NAME, JSON.stringify(trip))

/** For our own page: keeps the answer for the app. Null if it belongs to no trip of this tab. */
export const answerTrip = (answer: string, storage: TripStorage): RedirectTrip | null => {
  const trip = tripIn(storage)
  if (trip === null || trip.state !== new URLSearchParams(answer).get('state')) return null
  storage.setItem(NAME, JSON.stringify({ ...trip, answer }))
  return trip
}

/**
 * For the sign-in of this name: takes its trip that came back out of the storage. A trip without an answer is dropped: the person
 * went back.
 */
export const takeTrip = (owner: string, storage: TripStorage): EndedTrip | null => {
  const trip = tripIn(storage)
  if (trip?.owner !== owner) return null
  storage.removeItem(NAME)
  return trip.answer === undefined ? null : { ...trip, answer: trip.answer }
}

const tripIn = (storage: TripStorage): (RedirectTrip & { readonly answer?: string }) | null => {
  try {
    const value: unknown = JSON.parse(storage.getItem(NAME) ?? 'null')
    if (typeof value !== 'object' || value === null) return null
    const trip = value as Partial<Record<keyof EndedTrip, unknown>>
    const { owner, attempt, state, nonce, verifier, returnTo, answer } = trip
    const isWhole = [owner, attempt, state, nonce, verifier, returnTo].every(
      (text) => typeof text === 'string',
    )
    return isWhole && (answer === undefined || typeof answer === 'string') ? (value as EndedTrip) : null
  } catch {
    return null
  }
}
