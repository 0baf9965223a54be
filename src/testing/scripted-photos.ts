import { type FailureCode, type FailureDetails, ImportFailure } from '../domain/failures.ts'
import type { Photo } from '../domain/photo.ts'
import type { PhotoSource } from '../ports/photo-source.ts'
import { Arrivals } from './arrivals.ts'

/** A batch of photos that was asked for, to be answered by the test. */
export class ScriptedPhotoBatch {
  readonly ids: readonly string[]
  readonly signal: AbortSignal
  readonly photos: Promise<ReadonlyMap<string, Photo | null>>
  #resolve: (photos: ReadonlyMap<string, Photo | null>) => void = () => undefined
  #reject: (error: unknown) => void = () => undefined

  constructor(ids: readonly string[], signal: AbortSignal) {
    this.ids = ids
    this.signal = signal
    this.photos = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** The photos by id; ids that are missing could not be asked about. Default: every contact has `photoNamed(id)`. */
  answer(
    photos: Readonly<Record<string, Photo | null>> = Object.fromEntries(
      this.ids.map((id) => [id, photoNamed(id)]),
    ),
  ): void {
    this.#resolve(new Map(Object.entries(photos)))
  }

  fail(code: FailureCode, details: FailureDetails = {}): void {
    this.#reject(new ImportFailure(code, details))
  }

  breakWith(error: unknown): void {
    this.#reject(error)
  }
}

/** A photo source that the test controls batch by batch. */
export class ScriptedPhotos implements PhotoSource {
  readonly batches = new Arrivals<ScriptedPhotoBatch>()
  /** Batches so far. */
  asked = 0

  photos(ids: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Photo | null>> {
    const batch = new ScriptedPhotoBatch(ids, signal)
    this.asked++
    this.batches.add(batch)
    return batch.photos
  }
}

/** A JPEG, as far as its first bytes, that contains this name. */
export const photoNamed = (name: string): Photo => ({
  bytes: Uint8Array.from([0xff, 0xd8, 0xff, ...new TextEncoder().encode(name)]),
  type: 'image/jpeg',
})
