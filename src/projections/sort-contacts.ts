import type { Contact } from '../domain/contact.ts'
import { displayName, sortName } from './display-name.ts'
import { IndexLetters, OTHER } from './order/index-letters.ts'
import { nameOrderOf, runtimeLocale } from './order/name-order.ts'
import type { NameOrder } from './order/name-order.ts'
import { sortText } from './order/sort-text.ts'

/** What decides the order of a list. */
export interface OrderSetting {
  /** BCP 47. */
  readonly locale: string
  readonly nameOrder: NameOrder
}

/** A contact and, once it was compared, what decides its place. */
export interface OrderEntry {
  readonly contact: Contact
  /** Null before the first comparison: of a list that is in order, most contacts are never compared. */
  text: string | null
  /** The place of its section. Behind these are numbers only, and what has nothing to show. */
  rank: number
}

interface Rules {
  readonly compareTexts: (a: string, b: string) => number
  readonly letters: IndexLetters
}

/**
 * The order of My Contacts: by section, and within it by name, as the locale's people sort. Names that begin with no letter
 * come last, then contacts with numbers only, then those with nothing to show. The key breaks ties, so the order is
 * total and the same however the contacts arrived.
 */
export class ContactOrder implements OrderSetting {
  readonly locale: string
  readonly nameOrder: NameOrder
  /** Loaded when they are needed first, because the rules of a language take 7 ms. */
  #rules: Rules | null = null

  /**
   * Throws a `RangeError` if the locale is none.
   *
   * @param locale BCP 47; the runtime's by default @param nameOrder by default the one that the locale's people expect
   */
  constructor(locale = runtimeLocale(), nameOrder = nameOrderOf(locale)) {
    // The rules are loaded later, when an import would fail for it.
    Intl.getCanonicalLocales(locale)
    this.locale = locale
    this.nameOrder = nameOrder
  }

  /** Compares entries of this order. */
  compare(a: OrderEntry, b: OrderEntry): number {
    const { compareTexts, letters } = (this.#rules ??= rulesOf(this.locale))
    const textOfA = a.text ?? this.#complete(a, letters)
    const textOfB = b.text ?? this.#complete(b, letters)
    if (a.rank !== b.rank) return a.rank - b.rank
    return compareTexts(textOfA, textOfB) || compareKeys(a.contact, b.contact)
  }

  isOf({ locale, nameOrder }: OrderSetting): boolean {
    return locale === this.locale && nameOrder === this.nameOrder
  }

  /** The place of the contact's section among all, and its label. */
  sectionOf(contact: Contact): { readonly rank: number; readonly label: string } {
    const { letters } = (this.#rules ??= rulesOf(this.locale))
    const entry = orderEntry(contact)
    this.#complete(entry, letters)
    const rank = Math.min(entry.rank, letters.labels.length)
    return { rank, label: letters.labels[rank] ?? OTHER }
  }

  #complete(entry: OrderEntry, letters: IndexLetters): string {
    const name = sortName(entry.contact, this.nameOrder)
    const shown = name || displayName(entry.contact)
    const text = sortText(shown)
    const behind = letters.labels.length + (shown === '' ? 2 : 1)
    entry.rank = name === '' ? behind : letters.rankOf(text)
    return (entry.text = text)
  }
}

let lastRules: { readonly locale: string; readonly rules: Rules } | null = null

/** Kept, because an app has one locale and several orders of it: My Contacts, what an import brings, sections. */
const rulesOf = (locale: string): Rules => {
  if (lastRules?.locale !== locale) lastRules = { locale, rules: loadRules(locale) }
  return lastRules.rules
}

const loadRules = (locale: string): Rules => {
  const options = { sensitivity: 'base', numeric: true, ignorePunctuation: true } as const
  // A getter that takes longer than some comparisons.
  const compareTexts = new Intl.Collator(locale, options).compare
  return { compareTexts, letters: new IndexLetters(locale, compareTexts) }
}

export const orderEntry = (contact: Contact): OrderEntry => ({ contact, text: null, rank: 0 })

/** Sorts contacts at once, in a `ContactOrder`. */
export const inDisplayOrder = (
  contacts: Iterable<Contact>,
  locale?: string,
  nameOrder?: NameOrder,
): readonly Contact[] => sorted(contacts, new ContactOrder(locale, nameOrder))

export const sorted = (contacts: Iterable<Contact>, order: ContactOrder): readonly Contact[] =>
  Array.from(contacts, orderEntry)
    .sort((a, b) => order.compare(a, b))
    .map(({ contact }) => contact)

const compareKeys = ({ key }: Contact, other: Contact): number =>
  key < other.key ? -1 : Number(key > other.key)
