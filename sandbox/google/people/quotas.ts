import type { Person } from '../../people.ts'
import type { Settings } from '../../settings.ts'
import { GoogleError, recordedError } from '../google-error.ts'

const MINUTE = 60_000

/** The quotas of the People API. Google sends no Retry-After with them. */
export class Quotas {
  readonly #settings: Settings
  /** When requests were admitted, by quota and person. */
  readonly #admitted = new Map<string, readonly number[]>()

  constructor(settings: Settings) {
    this.#settings = settings
  }

  /** Admits a request, or throws the `GoogleError` of the quota that is used up. */
  enter(person: Person, beginsFullSync: boolean): void {
    const { googleReadsPerMinute, googleFullSyncsPerMinute } = this.#settings.current
    if (!this.#admits(`reads ${person.id}`, googleReadsPerMinute))
      throw new GoogleError(recordedError('rate-limit'))
    if (beginsFullSync && !this.#admits(`full syncs ${person.id}`, googleFullSyncsPerMinute))
      throw new GoogleError(recordedError('fbs-quota'))
  }

  #admits(key: string, most: number | null): boolean {
    const now = Date.now()
    const recent = (this.#admitted.get(key) ?? []).filter((time) => time > now - MINUTE)
    const isAdmitted = most === null || recent.length < most
    this.#admitted.set(key, isAdmitted && most !== null ? [...recent, now] : recent)
    return isAdmitted
  }
}
