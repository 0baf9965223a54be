import type { Photo } from '../domain/photo.ts'

/** The number of contacts that a `PhotoSource` is asked about at once, at most. */
export const MOST_PHOTOS = 20

/** Port: reads the photos of a source's contacts, some at a time, while a person looks at them. */
export interface PhotoSource {
  /**
   * The photos of these contacts, which are named by the ids that the source gave them, at most `MOST_PHOTOS`. Null: the
   * contact has none, or none that can be shown. An id that is missing could not be asked about; the core asks again later.
   *
   * Throws an `ImportFailure` if the failure concerns all contacts (no connection, no permission, `throttled`), and the
   * signal's reason after an abort.
   */
  photos(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Photo | null>>
}
