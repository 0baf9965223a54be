import type { Contact, Phone } from '../../domain/contact.ts'
import { splitExtension } from '../phone-index/extension.ts'
import { readNumber, type PhoneSettings } from '../phone-index/read-number.ts'
import { splitNumbers } from '../phone-index/split-numbers.ts'
import type { MatchFacts } from './match-facts.ts'

/** As many last digits as equal numbers have in common, however they are written. */
const LAST_DIGITS = 7

/** The numbers of contacts as the settings read them, each contact once. */
export class NumberReadings {
  readonly #settings: PhoneSettings
  readonly #numbers = new WeakMap<Contact, readonly string[]>()
  readonly #endings = new WeakMap<Contact, readonly string[]>()

  constructor(settings: PhoneSettings) {
    this.#settings = settings
  }

  /**
   * The numbers in E.164 with their extensions. Others do not count: an internal or a local number may be another one elsewhere.
   * Parsing takes some 20 µs a number.
   */
  numbersOf({ contact, phones }: MatchFacts): readonly string[] {
    return known(this.#numbers, contact, () =>
      phones.flatMap(({ value }) =>
        splitNumbers(value, this.#settings).flatMap((text) => {
          const { e164, extension } = readNumber(text, this.#settings)
          return e164 === null ? [] : [`${e164};${extension ?? ''}`]
        }),
      ),
    )
  }

  /** The last digits of the numbers, each once, which take no parse. Equal numbers have equal ones. */
  endingsOf({ contact, phones }: MatchFacts): readonly string[] {
    return known(this.#endings, contact, () => [
      ...new Set(phones.flatMap((phone) => this.#lastDigits(phone))),
    ])
  }

  /** Whether two texts are spellings of one number. Those with other last digits are not read. */
  readonly isSameNumber = (one: string, other: string): boolean =>
    one === other || (lastDigits(one) === lastDigits(other) && this.#spelled(one) === this.#spelled(other))

  #spelled(text: string): string {
    const { e164, extension, digits } = readNumber(text, this.#settings)
    return `${e164 ?? (digits || text)};${extension ?? ''}`
  }

  #lastDigits({ value }: Phone): readonly string[] {
    return splitNumbers(value, this.#settings).flatMap((text) => {
      // Letters may stand for digits.
      const digits = /[A-Z]/.test(text)
        ? readNumber(text, this.#settings).digits
        : splitExtension(text).main.replaceAll(/\D/g, '')
      return digits.length < LAST_DIGITS ? [] : [digits.slice(-LAST_DIGITS)]
    })
  }
}

/** The last digits of a number in E.164, with or without an extension. */
export const endingOf = (number: string): string => number.replace(/;.*/, '').slice(-LAST_DIGITS)

const lastDigits = (text: string): string =>
  splitExtension(text).main.replaceAll(/\D/g, '').slice(-LAST_DIGITS)

const known = <T>(cache: WeakMap<Contact, T>, contact: Contact, read: () => T): T => {
  const value = cache.get(contact) ?? read()
  cache.set(contact, value)
  return value
}
