import { abortable } from '../../async/abortable.ts'
import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { ContactKey } from '../../domain/contact.ts'
import { ImportFailure, isImportFailure } from '../../domain/failures.ts'
import type { Photo } from '../../domain/photo.ts'
import type { Clock } from '../../ports/clock.ts'
import { MOST_PHOTOS, type PhotoSource } from '../../ports/photo-source.ts'
import { type Pictured, PhotoMemory } from './photo-memory.ts'

/** Requests that wait, at most: the older ones have been scrolled away. */
const MOST_WAITING = 100

/** How long a source that fails is left alone if it names no time, in milliseconds. */
const PAUSE_AFTER_FAILURE = 10_000
/** However long it wants to be left alone, in milliseconds: the time comes from a clock that may be wrong. */
const LONGEST_PAUSE = 60 * 60_000

interface Waiting {
  readonly contact: Pictured
  readonly photo: Promise<Photo | null>
  readonly resolve: (photo: Photo | null) => void
  readonly reject: (failure: ImportFailure) => void
}

export interface PhotoRequestsOptions {
  readonly source: PhotoSource
  readonly clock: Clock
  readonly diagnose: (error: unknown) => void
}

/**
 * Asks a source for photos. Requests of one moment go out together, at most `MOST_PHOTOS` in a batch and one batch at a
 * time, the newest requests first.
 */
export class PhotoRequests {
  readonly #options: PhotoRequestsOptions
  readonly #memory = new PhotoMemory()
  /** By key, the newest last. */
  readonly #waiting = new Map<ContactKey, Waiting>()
  /** Those of the batch under way. */
  #asked = new Map<ContactKey, Waiting>()
  #abort = new AbortController()
  #isAsking = false
  #failed: { readonly failure: ImportFailure; readonly at: number; readonly until: number } | null = null

  constructor(options: PhotoRequestsOptions) {
    this.#options = options
  }

  /** Rejects with an `ImportFailure`; resolves to null if it is forgotten meanwhile. */
  photo(contact: Pictured): Promise<Photo | null> {
    const now = this.#now()
    const known = this.#memory.get(contact, now)
    if (known === 'unknown') return Promise.reject(new ImportFailure('service-unavailable'))
    if (known !== undefined) return Promise.resolve(known)
    const asked = this.#asked.get(contact.key)
    if (asked) return asked.photo
    const waiting = this.#waiting.get(contact.key)
    if (waiting) {
      // Asked again: it is on the screen.
      this.#waiting.delete(contact.key)
      this.#waiting.set(contact.key, { ...waiting, contact })
      return waiting.photo
    }
    const failure = this.#failureAt(now)
    if (failure !== null) return Promise.reject(failure)
    return this.#wait(contact)
  }

  /**
   * Forgets contacts that are gone and photos of those that have changed. `find` returns the contact as it is now. Requests
   * for one that is gone resolve to null.
   */
  prune(find: (contact: Pictured) => Pictured | undefined): void {
    this.#memory.prune(find)
    for (const requests of [this.#waiting, this.#asked])
      for (const [key, { contact, resolve }] of [...requests]) {
        if (find(contact)) continue
        requests.delete(key)
        resolve(null)
      }
  }

  /** Forgets everything and stops asking. Requests under way resolve to null. */
  forget(): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#failed = null
    this.prune(() => undefined)
  }

  /** Milliseconds since 1970. */
  #now(): number {
    return this.#options.clock.now().getTime()
  }

  #failureAt(now: number): ImportFailure | null {
    if (this.#failed !== null && (now < this.#failed.at || now >= this.#failed.until)) this.#failed = null
    return this.#failed?.failure ?? null
  }

  #wait(contact: Pictured): Promise<Photo | null> {
    const { promise, resolve, reject } = withResolvers<Photo | null>()
    this.#waiting.set(contact.key, { contact, photo: promise, resolve, reject })
    for (const [key, oldest] of this.#waiting) {
      if (this.#waiting.size <= MOST_WAITING) break
      this.#waiting.delete(key)
      oldest.reject(new ImportFailure('interrupted'))
    }
    if (!this.#isAsking) void this.#askAll()
    return promise
  }

  async #askAll(): Promise<void> {
    this.#isAsking = true
    try {
      // The other rows of the screen are asked for in the same moment.
      await yieldToEventLoop()
      while (this.#waiting.size > 0) await this.#ask([...this.#waiting.values()].slice(-MOST_PHOTOS))
    } finally {
      this.#isAsking = false
    }
  }

  async #ask(batch: readonly Waiting[]): Promise<void> {
    const { source, diagnose } = this.#options
    const { signal } = this.#abort
    for (const { contact } of batch) this.#waiting.delete(contact.key)
    this.#asked = new Map(batch.map((waiting) => [waiting.contact.key, waiting]))
    try {
      const ids = batch.map(({ contact }) => contact.id)
      const photos = await abortable(source.photos(ids, signal), signal)
      // Those that are gone meanwhile have their answer.
      for (const waiting of this.#asked.values()) this.#answer(waiting, photos.get(waiting.contact.id))
    } catch (error) {
      if (signal.aborted) return
      if (!isImportFailure(error)) diagnose(error)
      const failure = isImportFailure(error) ? error : new ImportFailure('internal', {}, error)
      this.#failed = { failure, at: this.#now(), until: pausedUntil(failure, this.#now()) }
      // It concerns all of them.
      for (const { reject } of [...this.#asked.values(), ...this.#waiting.values()]) reject(failure)
      this.#waiting.clear()
    } finally {
      this.#asked = new Map()
    }
  }

  #answer({ contact, resolve, reject }: Waiting, photo: Photo | null | undefined): void {
    this.#memory.set(contact, photo === undefined ? 'unknown' : photo, this.#now())
    if (photo === undefined) reject(new ImportFailure('service-unavailable'))
    else resolve(photo)
  }
}

const pausedUntil = ({ details }: ImportFailure, now: number): number => {
  const named = details.retryAt === undefined ? NaN : Date.parse(details.retryAt)
  const until = Math.max(now + PAUSE_AFTER_FAILURE, Number.isNaN(named) ? 0 : named)
  return Math.min(until, now + LONGEST_PAUSE)
}

/** As `Promise.withResolvers`, which Node 20 lacks. */
const withResolvers = <T>() => {
  let resolve: (value: T) => void = () => undefined
  let reject: (reason: ImportFailure) => void = () => undefined
  const promise = new Promise<T>((fulfil, refuse) => {
    resolve = fulfil
    reject = refuse
  })
  return { promise, resolve, reject }
}
