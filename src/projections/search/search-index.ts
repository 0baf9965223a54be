import type { Contact, ContactKey } from '../../domain/contact.ts'
import type { NameOrder } from '../order/name-order.ts'
import { bestSlots } from './best-slots.ts'
import type { SlotOrder } from './best-slots.ts'
import { contactTexts, searchedPhones } from './contact-texts.ts'
import type { ContactText } from './contact-texts.ts'
import { eachWord } from './contact-words.ts'
import { findMatches, isOnKeypad } from './find-matches.ts'
import type { Hit } from './hit.ts'
import { keypadMatch, keypadText } from './keypad.ts'
import { likelyHits } from './likely-hits.ts'
import { isWholeNumber, matchesNumber, numberForms } from './phone-digits.ts'
import type { NumberQuery } from './phone-digits.ts'
import { KEYPAD_RANK, NOT_FOUND, NUMBER_RANK, WHOLE_NUMBER_RANK } from './ranks.ts'
import { readQuery } from './read-query.ts'
import type { QueryPiece, QueryTerm } from './read-query.ts'
import { WordIndex } from './word-index.ts'

/** The place of a contact in a list. The first is the lowest. */
export type PositionOf = (key: ContactKey) => number

/**
 * Finds contacts while a person types. A contact is found if each word that was typed, in any order, is the beginning of
 * one of its words: of its names, nickname, company or e-mails; or a part of one of its numbers; or digits for the
 * letters of its name. Scripts without spaces are found from any character.
 *
 * `add` and `remove` take some hundredths of a millisecond, so that a caller fills the index in slices and keeps it up
 * to date. Texts are searched up to 1,000 code units, and 100 e-mails and numbers of a contact up to 5,000 code units in
 * all. Never throws.
 */
export class SearchIndex {
  readonly #order: SlotOrder
  readonly #nameOrder: NameOrder
  readonly #words = new WordIndex()
  readonly #slots = new Map<ContactKey, number>()
  readonly #contacts: (Contact | undefined)[] = []
  /** The forms of all numbers, by slot. */
  readonly #numbers: string[] = []
  /** The keys of names, by slot. */
  readonly #keys: string[] = []
  readonly #free: number[] = []

  /**
   * @param position which of two equally good hits comes first; where it does not decide, the key does
   * @param nameOrder that of the list, so that a match has the name that the list shows
   */
  constructor(position: PositionOf = () => 0, nameOrder: NameOrder = 'given-first') {
    this.#nameOrder = nameOrder
    const keyOf = (slot: number) => this.#contacts[slot]?.key ?? ''
    this.#order = {
      position: (slot) => {
        const place = position(keyOf(slot))
        return Number.isNaN(place) ? Infinity : place
      },
      isBefore: (slot, other) => keyOf(slot) < keyOf(other),
    }
  }

  get size(): number {
    return this.#slots.size
  }

  /** Adds a contact, which must not change from then on; instead of an earlier one with its key. */
  add(contact: Contact): void {
    this.remove(contact.key)
    const slot = this.#free.pop() ?? this.#contacts.length
    const texts = contactTexts(contact, this.#nameOrder)
    this.#slots.set(contact.key, slot)
    this.#contacts[slot] = contact
    this.#numbers[slot] = searchedPhones(contact).reduce((forms, value) => forms + numberForms(value), '')
    this.#keys[slot] = keysOf(texts)
    eachWord(texts, (word, kind) => this.#words.add(word, slot, kind))
  }

  /** Removes a contact, if it is there. */
  remove(key: ContactKey): void {
    const slot = this.#slots.get(key)
    const contact = slot === undefined ? undefined : this.#contacts[slot]
    if (slot === undefined || contact === undefined) return
    eachWord(contactTexts(contact, this.#nameOrder), (word, kind) => this.#words.remove(word, slot, kind))
    this.#slots.delete(key)
    this.#contacts[slot] = undefined
    this.#numbers[slot] = ''
    this.#keys[slot] = ''
    this.#free.push(slot)
  }

  /** A quick test for contacts that `find` finds, before they are added. It finds more. */
  likelyHits(text: string): (contact: Contact) => boolean {
    return likelyHits(text)
  }

  /** The best hits, at most `limit`. None if there is nothing to search for in the text. */
  find(text: string, limit: number): readonly Hit[] {
    const terms = readQuery(text)
    if (terms.length === 0 || !(limit >= 1)) return []
    const slots = bestSlots(this.#ranks(terms), Math.floor(limit), this.#order)
    return slots.flatMap((slot) => {
      const contact = this.#contacts[slot]
      if (contact === undefined) return []
      return [
        { key: contact.key, source: contact.source, matches: findMatches(contact, terms, this.#nameOrder) },
      ]
    })
  }

  /** The sum of the ranks of all terms, by slot. */
  #ranks(terms: readonly QueryTerm[]): Uint16Array {
    return terms.map((term) => this.#ranksOfTerm(term)).reduce(sum)
  }

  #ranksOfTerm(term: QueryTerm): Uint16Array {
    const ranks = this.#ranksOfWord(term.word)
    if (term.pieces.length > 0) lowerTo(ranks, this.#ranksOfPieces(term.pieces))
    if (term.number) this.#rankNumbers(term.number, ranks)
    if (term.keys !== null) this.#rankKeys(term.keys, ranks)
    return ranks
  }

  /** Of contacts that have all pieces, at least one of them as a word. */
  #ranksOfPieces(pieces: readonly QueryPiece[]): Uint16Array {
    const words = pieces.map(({ word }) => this.#ranksOfWord(word))
    if (pieces.every(({ number }) => number === null)) return words.reduce(sum)
    const isWord = words.reduce((best, ranks) => best.map((rank, slot) => Math.min(rank, ranks[slot] ?? 0)))
    for (const [place, { number }] of pieces.entries())
      if (number) this.#rankNumbers(number, words[place] ?? isWord)
    return words.reduce(sum).map((rank, slot) => (isWord[slot] === NOT_FOUND ? NOT_FOUND : rank))
  }

  #ranksOfWord(word: string): Uint16Array {
    const ranks = new Uint16Array(this.#contacts.length).fill(NOT_FOUND)
    this.#words.rank(word, ranks)
    return ranks
  }

  #rankNumbers(query: NumberQuery, ranks: Uint16Array): void {
    for (let slot = 0; slot < ranks.length; slot++) {
      const forms = this.#numbers[slot] ?? ''
      const before = ranks[slot] ?? 0
      if (before <= WHOLE_NUMBER_RANK || !matchesNumber(forms, query)) continue
      ranks[slot] = Math.min(before, isWholeNumber(forms, query) ? WHOLE_NUMBER_RANK : NUMBER_RANK)
    }
  }

  #rankKeys(typed: string, ranks: Uint16Array): void {
    for (let slot = 0; slot < ranks.length; slot++)
      if ((ranks[slot] ?? 0) > KEYPAD_RANK && keypadMatch(this.#keys[slot] ?? '', typed))
        ranks[slot] = KEYPAD_RANK
  }
}

const keysOf = (texts: readonly ContactText[]): string => {
  const all = new Set<string>()
  for (const text of texts) if (isOnKeypad(text)) all.add(keypadText(text.chunks).keys)
  return [...all].join('|')
}

/** Adds the second ranks to the first. */
const sum = (ranks: Uint16Array, others: Uint16Array): Uint16Array => {
  for (let slot = 0; slot < ranks.length; slot++)
    ranks[slot] = Math.min((ranks[slot] ?? 0) + (others[slot] ?? 0), NOT_FOUND)
  return ranks
}

const lowerTo = (ranks: Uint16Array, others: Uint16Array): void => {
  for (let slot = 0; slot < ranks.length; slot++)
    ranks[slot] = Math.min(ranks[slot] ?? 0, others[slot] ?? NOT_FOUND)
}
