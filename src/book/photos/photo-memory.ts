import type { ContactKey } from '../../domain/contact.ts'
import { CONTACT_LIMIT } from '../../domain/limit.ts'
import type { Photo } from '../../domain/photo.ts'

/** Photos that are kept, the last ones that were shown. */
export const MOST_KEPT = 200

/** All photos that are kept take at most so many bytes: two hundred of the largest would take 200 MB. */
const MOST_BYTES = 32_000_000

/**
 * How long an answer holds, in milliseconds. A photo has no version: a new one changes neither the contact's nor shows in
 * a delta, so it has to be asked for again. After an hour, because a person who has just chosen a photo looks for it, and
 * a screen of twenty contacts then costs one request an hour.
 */
const HOLDS = 60 * 60_000

/** How long a contact is left alone that could not be asked about, in milliseconds. */
const UNKNOWN_HOLDS = 60_000

/** `unknown`: the contact could not be asked about. */
export type PhotoAnswer = Photo | null | 'unknown'

interface Kept {
  /** The contact that was asked about. Another version of it may have another photo. */
  readonly of: Pictured
  readonly answer: PhotoAnswer
  /** Milliseconds since 1970. */
  readonly since: number
}

/** What of a contact decides which photo it has. */
export interface Pictured {
  readonly key: ContactKey
  readonly id: string
  readonly version?: string
}

/** The last photos of a source that were shown, and which contacts have none. In memory only. */
export class PhotoMemory {
  /** By key, the last ones used last. */
  readonly #photos = new Map<ContactKey, Kept>()
  readonly #others = new Map<ContactKey, Kept>()
  #bytes = 0

  /** Undefined: not known, or not any more. */
  get(contact: Pictured, now: number): PhotoAnswer | undefined {
    const kept = this.#photos.get(contact.key) ?? this.#others.get(contact.key)
    if (kept === undefined) return undefined
    if (kept.of.version !== contact.version || !holds(kept, now)) {
      this.#drop(contact.key)
      return undefined
    }
    this.#keep(contact.key, kept)
    return kept.answer
  }

  set(contact: Pictured, answer: PhotoAnswer, now: number): void {
    const { key, id, version } = contact
    this.#keep(key, { of: { key, id, ...(version !== undefined && { version }) }, answer, since: now })
  }

  /** Forgets the photos of contacts that are gone or have another version; `find` returns the contact as it is now. */
  prune(find: (contact: Pictured) => Pictured | undefined): void {
    for (const { of } of [...this.#photos.values(), ...this.#others.values()]) {
      const contact = find(of)
      if (!contact || contact.version !== of.version) this.#drop(of.key)
    }
  }

  /** As the last one used. */
  #keep(key: ContactKey, kept: Kept): void {
    this.#drop(key)
    const size = sizeOf(kept)
    if (size === 0) this.#others.set(key, kept)
    else this.#photos.set(key, kept)
    this.#bytes += size
    while (this.#photos.size > MOST_KEPT || this.#bytes > MOST_BYTES) this.#dropFirst(this.#photos)
    while (this.#others.size > CONTACT_LIMIT) this.#dropFirst(this.#others)
  }

  #dropFirst(kept: ReadonlyMap<ContactKey, Kept>): void {
    const [first] = kept.keys()
    if (first !== undefined) this.#drop(first)
  }

  #drop(key: ContactKey): void {
    const photo = this.#photos.get(key)
    if (photo) this.#bytes -= sizeOf(photo)
    this.#photos.delete(key)
    this.#others.delete(key)
  }
}

const sizeOf = ({ answer }: Kept): number =>
  answer === null || answer === 'unknown' ? 0 : answer.bytes.length

/** If the clock was set back, the age of the answer is unknown. */
const holds = ({ answer, since }: Kept, now: number): boolean =>
  now >= since && now < since + (answer === 'unknown' ? UNKNOWN_HOLDS : HOLDS)
