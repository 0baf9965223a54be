import { displayName } from '../../src/index.ts'
import type { Contact } from '../../src/index.ts'

/** Contacts that are searched for. */
const SEARCHED = 200
/** Characters that are typed until people look at the list. */
const TYPED = 8
const LAST_DIGITS = 4

/**
 * The queries that find some of the contacts, key by key: each word of a name, a name with a letter of the next word, and the
 * last digits of a number. Each has one hit at least.
 */
export const typedQueries = (contacts: readonly Contact[]): readonly string[] => {
  const step = Math.max(1, Math.floor(contacts.length / SEARCHED))
  return contacts.filter((_, index) => index % step === 0).flatMap(queriesFor)
}

const queriesFor = (contact: Contact): readonly string[] => {
  const words = displayName(contact).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const [first, second] = words
  const digits = contact.phones[0]?.value.replaceAll(/\D/g, '').slice(-LAST_DIGITS) ?? ''
  return [
    ...words.flatMap((word) => prefixes(word, TYPED)),
    ...(first !== undefined && second !== undefined
      ? prefixes(second, 2).map((prefix) => `${first} ${prefix}`)
      : []),
    ...prefixes(digits, LAST_DIGITS),
  ]
}

const prefixes = (word: string, most: number): readonly string[] => {
  const characters = [...new Intl.Segmenter().segment(word)].map(({ segment }) => segment)
  return characters.slice(0, most).map((_, index) => characters.slice(0, index + 1).join(''))
}
