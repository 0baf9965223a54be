import { yieldToEventLoop } from '../../async/yield-to-event-loop.ts'
import type { Fact, RecordedEvent } from '../../domain/events.ts'
import type { Source } from '../../domain/source.ts'
import { FIRST_LINKING } from '../../projections/tombstones.ts'
import { jsonText } from '../../formats/json-text.ts'
import { utf8Of } from '../../formats/utf8.ts'
import type { Clock } from '../../ports/clock.ts'
import type { EventStore, NewEvent, PayloadDrop, StoredEvent } from '../../ports/event-store.ts'
import { ContactKeys } from './contact-keys.ts'
import { envelopeOf, fromStored, isFromTheFuture, type OpenedPayload } from './event-codec.ts'
import type { LinkingKeys } from './linking-keys.ts'
import { decrypt, encrypt, keyIdIn, payloadContext } from './payload-cipher.ts'

/** A payload from this length on, in code units, holds the event loop for a moment at each step on its way to the store. */
const LONG_FROM = 100_000

interface ReadOnOptions {
  readonly payloads: boolean
  /** The last position to read. */
  readonly upTo?: number
}

/**
 * The store's log, as far as this book has read it. Checks and decrypts the events that it reads. Adds an id and a time to
 * the facts that it appends, and encrypts their payloads.
 */
export class Log {
  readonly #store: EventStore
  readonly #clock: Clock
  readonly #keys: LinkingKeys | null
  readonly contactKeys: ContactKeys
  #linkings = new Map<Source, string>()
  #position: number
  #isNewer: boolean

  /**
   * @param keys null if payloads are neither read nor written
   * @param position where reading begins; with payloads, only at the beginning of the log, because a sign-out changes their key
   */
  constructor(store: EventStore, clock: Clock, keys: LinkingKeys | null, position = 0) {
    this.#store = store
    this.#clock = clock
    this.#keys = keys
    this.#position = position
    this.contactKeys = new ContactKeys(store.key)
    this.#isNewer = store.newer
  }

  /** Position of the last event read or appended. */
  get position(): number {
    return this.#position
  }

  /** Whether the log has events that only a newer version understands. Nothing may be appended then. */
  get isNewer(): boolean {
    return this.#isNewer
  }

  /** The linking of a stream at this position. */
  linking(stream: Source): string {
    return this.#linkings.get(stream) ?? FIRST_LINKING
  }

  /** Reads and checks the events after the position. Skips those that only a newer version understands. */
  async *readOn({ payloads, upTo = Infinity }: ReadOnOptions): AsyncGenerator<RecordedEvent> {
    for await (const stored of this.#store.read(this.#position, { payloads })) {
      if (stored.position > upTo) return
      const isKnown = !isFromTheFuture(stored)
      const opened = isKnown ? await this.#open(stored) : null
      this.#position = stored.position
      this.#follow(stored)
      if (isKnown) yield await this.contactKeys.complete(fromStored(stored, opened))
      else this.#isNewer = true
      if (stored.position === upTo) return
    }
  }

  /**
   * Reads all events after the position, with payloads. If the log cannot be read to its end, the position does not change.
   * But if a sign-out comes before the failure, reads up to it: the store may have been deleted right after it.
   */
  async readRest(): Promise<readonly RecordedEvent[]> {
    const from = this.#position
    const linkings = new Map(this.#linkings)
    const events: RecordedEvent[] = []
    try {
      for await (const event of this.readOn({ payloads: true })) events.push(event)
    } catch (error) {
      this.#position = from
      this.#linkings = linkings
      const signOut = events.findLast(({ type }) => type === 'account.signed-out')
      if (signOut === undefined) throw error
      events.length = 0
      for await (const event of this.readOn({ payloads: true, upTo: signOut.position })) events.push(event)
    }
    return events
  }

  /**
   * Appends durably and returns the events. Throws `PositionConflict` if another writer appended first, and
   * `ImportFailure` `storage-locked` if the key for a payload was not obtained.
   */
  async append(facts: readonly Fact[], drop: readonly PayloadDrop[]): Promise<readonly RecordedEvent[]> {
    const time = this.#clock.now().toISOString()
    const expected = this.#position
    const envelopes = facts.map((fact) => envelopeOf(fact, this.#clock.newId(), time))
    const events: NewEvent[] = []
    for (const [index, envelope] of envelopes.entries())
      events.push(await this.#encrypted(envelope, facts[index]?.payload ?? null))
    this.#position = await this.#store.append(expected, events, drop)
    envelopes.forEach((envelope) => this.#follow(envelope))
    return envelopes.map((envelope, index) => {
      const { payload = null } = facts[index] ?? {}
      return { ...envelope, payload, position: expected + index + 1 } as RecordedEvent
    })
  }

  #follow({ type, stream, id }: Pick<NewEvent, 'type' | 'stream' | 'id'>): void {
    if (type === 'account.signed-out') this.#linkings.set(stream, id)
  }

  async #encrypted(envelope: NewEvent, payload: object | null): Promise<NewEvent> {
    if (payload === null) return envelope
    if (this.#keys === null) throw new TypeError('a log without keys writes no payload')
    const key = await this.#keys.toEncrypt(envelope.stream, this.linking(envelope.stream))
    const text = await jsonText(payload, yieldToEventLoop)
    // A page of contacts takes milliseconds to encrypt and to store.
    const turn = async () => (text.length > LONG_FROM ? yieldToEventLoop() : undefined)
    await turn()
    // No turn in between: the next call of `utf8Of` uses its bytes again.
    const encrypted = await encrypt(key, utf8Of(text), payloadContext(envelope))
    await turn()
    return { ...envelope, payload: encrypted }
  }

  async #open(stored: StoredEvent): Promise<OpenedPayload> {
    const { stream, payload, isPayloadDamaged } = stored
    if (isPayloadDamaged) return { unreadable: 'damaged' }
    if (payload === null || this.#keys === null) return null
    const id = keyIdIn(payload)
    if (id === null && this.#store.plain) return valueIn(payload)
    // An empty payload: the store removed what an earlier version had written in the clear.
    if (id === null) return { unreadable: payload.length === 0 ? 'lost' : 'damaged' }
    const key = await this.#keys.toDecrypt(stream, this.linking(stream), id)
    if (typeof key === 'string') return { unreadable: key }
    const bytes = await decrypt(key, payload, payloadContext(stored))
    return bytes === null ? { unreadable: 'damaged' } : valueIn(bytes)
  }
}

const decoder = new TextDecoder()

const valueIn = (bytes: Uint8Array): OpenedPayload => {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown }
  } catch {
    return { unreadable: 'damaged' }
  }
}
