import type { RecordedEvent } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import type { LinkedSource } from '../../ports/linked-source.ts'

export interface AccessEndsOptions {
  readonly linked: ReadonlyMap<Source, LinkedSource>
  /** Called when an end has changed. */
  readonly changed: () => void
  /** Receives errors of adapters. The end is unknown then. */
  readonly diagnose: (error: unknown) => void
}

/** Events after which the access may be another one. A sign-in stores its access a moment after its consent is recorded. */
const mayChangeAccess: ReadonlySet<string> = new Set([
  'consent.granted',
  'attempt.completed',
  'attempt.failed',
  'attempt.cancelled',
])

/**
 * When the accesses of the sources end, as their adapters last said. Adapters may have to ask a store or a key vault, so
 * nothing waits for their answers.
 */
export class AccessEnds {
  readonly #options: AccessEndsOptions
  readonly #ends = new Map<Source, string>()
  /** Counts the questions about a source, so that a late answer to an earlier one is dropped. */
  readonly #asked = new Map<Source, number>()

  constructor(options: AccessEndsOptions) {
    this.#options = options
  }

  /** ISO 8601 in UTC; null if no end is known. */
  of(source: Source): string | null {
    return this.#ends.get(source) ?? null
  }

  /** Asks about all sources. */
  look(): void {
    for (const source of this.#options.linked.keys()) void this.#look(source)
  }

  /** After an append of this book or of others. */
  follow(events: readonly Pick<RecordedEvent, 'type' | 'stream'>[]): void {
    const isSignOut = ({ type }: Pick<RecordedEvent, 'type'>) => type === 'account.signed-out'
    for (const { stream } of events.filter(isSignOut)) {
      // The access is removed after that is recorded. So the adapter may not know it yet.
      this.#asked.set(stream, (this.#asked.get(stream) ?? 0) + 1)
      this.#ends.delete(stream)
    }
    const changed = events.filter(({ type }) => mayChangeAccess.has(type)).map(({ stream }) => stream)
    for (const source of new Set(changed)) void this.#look(source)
  }

  async #look(source: Source): Promise<void> {
    const { linked, changed, diagnose } = this.#options
    const { signIn } = linked.get(source) ?? {}
    if (signIn?.accessUntil === undefined) return
    const asked = (this.#asked.get(source) ?? 0) + 1
    this.#asked.set(source, asked)
    const until = await signIn.accessUntil().catch((error: unknown) => {
      diagnose(error)
      return null
    })
    if (this.#asked.get(source) !== asked) return
    const before = this.of(source)
    if (until === null) this.#ends.delete(source)
    else this.#ends.set(source, until.toISOString())
    if (this.of(source) !== before) changed()
  }
}
