import type { Contact } from '../../domain/contact.ts'
import { endOfLess } from '../presorted-contacts.ts'
import { ContactOrder } from '../sort-contacts.ts'
import type { NameOrder } from './name-order.ts'

/** Rows of My Contacts under one label. */
export interface Section {
  /** A letter as the locale's people expect it, or `#`. */
  readonly label: string
  /** The index of its first row. */
  readonly first: number
  /** The number of its rows, at least one. */
  readonly count: number
}

/**
 * The sections of My Contacts, in its order: together they cover each row once, and no label comes twice. Kana have a
 * label for each row of the table (あ か さ …), Hangul for each first consonant (ㄱ ㄴ ㄷ …), and Han characters for what
 * the locale sorts them by: pinyin in Chinese (with the Latin letters), strokes in traditional Chinese, their
 * reading in Korean; else all are under 漢. `#`, the last one, has names that begin with no letter, numbers only,
 * and what has nothing to show.
 *
 * @param contacts in the order of this locale and name order, as the book gives them
 * @param locale BCP 47; the runtime's by default
 * @param nameOrder by default the one that the locale's people expect
 */
export const sectionsOf = (
  contacts: readonly Contact[],
  locale?: string,
  nameOrder?: NameOrder,
): readonly Section[] => {
  const order = new ContactOrder(locale, nameOrder)
  const sections: Section[] = []
  let first = 0
  for (let contact = contacts[first]; contact !== undefined; contact = contacts[first]) {
    const { rank, label } = order.sectionOf(contact)
    const end = endOfLess(contacts, first, (other) => order.sectionOf(other).rank <= rank)
    sections.push({ label, first, count: end - first })
    first = end
  }
  return sections
}
