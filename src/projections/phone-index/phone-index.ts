import type { Contact, ContactKey, Phone } from '../../domain/contact.ts'
import type { Source } from '../../domain/source.ts'
import { Buckets } from './buckets.ts'
import { readCallAddress } from './call-address.ts'
import { readBehindOutsideLine, readNumber } from './read-number.ts'
import type { NumberReading, PhoneSettings } from './read-number.ts'
import { splitNumbers } from './split-numbers.ts'
import { agreeInSuffix, suffixKey } from './suffix.ts'

/** A contact that a number belongs to, or may belong to. */
export interface Caller {
  readonly key: ContactKey
  readonly source: Source
  /** `possible`: the number may be another one, because it is local, internal, or has an unknown extension. */
  readonly certainty: 'certain' | 'possible'
  /** The number that matched, as the source wrote it. An instant-messaging address has the kind `other`. */
  readonly phone: Phone
}

/** More numbers of one contact are not looked at, so that adding it never holds the thread. */
const NUMBERS_PER_CONTACT = 100

interface Entry {
  readonly contact: Pick<Contact, 'key' | 'source'>
  readonly phone: Phone
  readonly uri: string | null
  readonly number: Pick<NumberReading, 'e164' | 'extension' | 'digits'> | null
}

/**
 * Finds who is calling. Holds the numbers of contacts as the settings read them: another country, outside line or
 * extension length needs a new index. Adding a contact parses its numbers (some 20 µs each), so fill it in slices.
 *
 * Certain are contacts with the SIP address, the number in E.164, or the same digits, also behind the outside line.
 * Contacts whose number differs by an extension are possible beside them. Only if there is none of these, contacts
 * whose number ends like this one are possible, and else those with the user part of the SIP address as their name.
 */
export class PhoneIndex {
  readonly #settings: PhoneSettings
  readonly #contacts = new Map<ContactKey, readonly Entry[]>()
  readonly #byUri = new Buckets<string, Entry>()
  readonly #byE164 = new Buckets<string, Entry>()
  readonly #byDigits = new Buckets<string, Entry>()
  readonly #byExtension = new Buckets<string, Entry>()
  readonly #bySuffix = new Buckets<string, Entry>()

  constructor(settings: PhoneSettings) {
    this.#settings = settings
  }

  /** Adds a contact, in place of the one that has its key. Of its numbers the first 100 count, and as many addresses; of one
   * field with several numbers, the first, and others that are sure. */
  add(contact: Contact): void {
    this.remove(contact.key)
    const { key, source, phones, ims, sips = [] } = contact
    const entries = [
      ...phones
        .slice(0, NUMBERS_PER_CONTACT)
        .flatMap((phone) => this.#entries({ key, source }, phone, false)),
      ...[...ims, ...sips]
        .slice(0, NUMBERS_PER_CONTACT)
        .flatMap((value) => this.#entries({ key, source }, { value, kind: 'other' }, true)),
    ]
    if (entries.length === 0) return
    this.#contacts.set(key, entries)
    for (const entry of entries) for (const [buckets, at] of this.#places(entry)) buckets.add(at, entry)
  }

  /** Removes a contact. Does nothing if it is not there. */
  remove(key: ContactKey): void {
    for (const entry of this.#contacts.get(key) ?? [])
      for (const [buckets, at] of this.#places(entry)) buckets.delete(at, entry)
    this.#contacts.delete(key)
  }

  /**
   * Who has this number: a number in any form, a `tel:` URI or a SIP address, as a phone or a PBX tells it. Several
   * contacts are all returned, each once, by key. Empty if none has it, if the caller is withheld, or if the text is
   * neither a number nor an address with an `@`: a name alone is neither. Never throws.
   */
  whois(text: string): readonly Caller[] {
    const call = readCallAddress(text)
    if (call === null || (call.user === null && call.number === '')) return []
    const [number = ''] = splitNumbers(call.number, this.#settings)
    const read = readNumber(number, this.#settings)
    const outside = readBehindOutsideLine(number, this.#settings)
    const here = callersOf([
      ...(call.uri === null ? [] : this.#byUri.get(call.uri)),
      ...(read.digits === '' ? [] : this.#same(read)),
    ])
    const behindLine = callersOf(outside ? this.#same(outside) : [])
    // The text is one number with the outside line and another one without it: which is meant is not known.
    const isEither = here.length > 0 && behindLine.some(({ key }) => !here.some((each) => each.key === key))
    const known = [...here, ...behindLine].map((caller): Caller => ({
      ...caller,
      certainty: isEither ? 'possible' : 'certain',
    }))
    const relatives = callersOf([
      ...(read.digits === '' ? [] : this.#relatives(read)),
      ...(outside ? this.#oneExtension(outside) : []),
    ])
    const callers = eachOnce([...known, ...relatives])
    if (callers.length > 0) return callers
    const similar = callersOf(read.digits === '' ? [] : this.#similar(read))
    return similar.length > 0 || call.user === null ? similar : callersOf(this.#byUri.get(call.user))
  }

  /** The same number: equal in E.164 or, if it has none, in its digits; and with the same extension. */
  *#same(number: NumberReading): Generator<Entry> {
    for (const entry of this.#candidates(number))
      if (entry.number?.extension === number.extension) yield entry
  }

  /** Numbers that differ by an extension, and those that have this internal number as their extension. */
  *#relatives(number: NumberReading): Generator<Entry> {
    yield* this.#oneExtension(number)
    if (this.#settings.extensionLengths?.includes(number.digits.length) === true)
      yield* this.#byExtension.get(number.digits)
  }

  *#similar(number: NumberReading): Generator<Entry> {
    const suffix = suffixKey(number)
    if (suffix !== null)
      for (const entry of this.#bySuffix.get(suffix))
        if (entry.number && mayShareExtension(entry.number, number) && agreeInSuffix(entry.number, number))
          yield entry
  }

  /** The same number, where one side has an extension and the other has none, as a switchboard shows its own number. */
  *#oneExtension(number: NumberReading): Generator<Entry> {
    for (const entry of this.#candidates(number))
      if (entry.number && mayShareExtension(entry.number, number)) yield entry
  }

  #candidates({ e164, digits }: NumberReading): Iterable<Entry> {
    return e164 === null ? this.#byDigits.get(digits) : this.#byE164.get(e164)
  }

  #entries(contact: Entry['contact'], { value, kind }: Phone, isMessaging: boolean): readonly Entry[] {
    const address = readCallAddress(value)
    if (address === null) return []
    const text = isMessaging && !isCallUri(value) ? '' : address.number
    const numbers = splitNumbers(text, this.#settings).map((number) => readNumber(number, this.#settings))
    return numbers.flatMap(({ e164, extension, digits }, place) => {
      // `030 901820/21`: without a country code, what follows may be a part of a number.
      if (place > 0 && e164 === null) return []
      const number = digits === '' ? null : { e164, extension, digits }
      return [{ contact, phone: { value, kind }, uri: address.uri, number }]
    })
  }

  #places({ uri, number }: Entry): readonly (readonly [Buckets<string, Entry>, string])[] {
    if (number === null) return uri === null ? [] : [[this.#byUri, uri]]
    const { e164, digits, extension } = number
    const suffix = suffixKey(number)
    return [
      ...(uri === null ? [] : [[this.#byUri, uri] as const]),
      e164 === null ? [this.#byDigits, digits] : [this.#byE164, e164],
      ...(extension === null ? [] : [[this.#byExtension, extension] as const]),
      ...(suffix === null ? [] : [[this.#bySuffix, suffix] as const]),
    ]
  }
}

/** Numbers among instant-messaging addresses are ids of some service, unless they say that they can be called. */
const isCallUri = (address: string): boolean => /^\s*(?:sips?|tel|callto):/i.test(address)

const mayShareExtension = (one: Extended, other: Extended): boolean =>
  one.extension === other.extension || one.extension === null || other.extension === null

type Extended = Pick<NumberReading, 'extension'>

/** The contacts of these entries, as possible callers: each once, by key. */
const callersOf = (entries: Iterable<Entry>): readonly Caller[] =>
  eachOnce(
    Array.from(entries, ({ contact, phone }): Caller => ({ ...contact, certainty: 'possible', phone })),
  ).toSorted((a, b) => (a.key < b.key ? -1 : 1))

/** The first caller of each contact. */
const eachOnce = (callers: readonly Caller[]): readonly Caller[] => {
  const first = new Map<ContactKey, Caller>()
  for (const caller of callers) if (!first.has(caller.key)) first.set(caller.key, caller)
  return [...first.values()]
}
